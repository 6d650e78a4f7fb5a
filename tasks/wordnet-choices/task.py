#!/usr/bin/env python3
"""wordnet-choices: which of four nouns has a meaning? Python's standard library alone.

    python3 task.py        serves at http://127.0.0.1:8700; HOST, PORT and SEED say otherwise

Nouns and meanings are those of nouns.jsonl.gz (see README.md). A tenth of the nouns, by a hash of the
word, is only ever asked about; the rest is trained on. The wrong choices of a question are nouns of
the same topic where there are enough, drawn with the seed. Another seed gives other choices, and is
therefore another version.
"""

import gzip
import hashlib
import json
import os
import random
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

SEED = int(os.environ.get("SEED", "1"))
VERSION = "1" if SEED == 1 else f"1-seed{SEED}"
DATA = Path(__file__).with_name("nouns.jsonl.gz")
CHOICES = 4


def nouns():
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def held_out(noun):
    """By the last byte: the first ones chose which nouns are in the file. 26 of 256 are a tenth."""
    return hashlib.sha256(noun["word"].encode()).digest()[-1] < 26


def question(noun):
    return f"Question: Which word means \"{noun['meaning']}\"?\nAnswer:"


def documents():
    """The right answer to each question about a noun that is not held out."""
    for noun in NOUNS:
        if not held_out(noun):
            yield {"prompt": question(noun), "completion": f" {noun['word']}\n", "group": noun["word"]}


def requests():
    """A question for each noun that is held out, with its answer among others that are held out too."""
    asked = [noun for noun in NOUNS if held_out(noun)]
    by_topic = defaultdict(list)
    for noun in asked:
        by_topic[noun["topic"]].append(noun["word"])
    every = [noun["word"] for noun in asked]
    for noun in asked:
        draw = random.Random(f"{SEED}:{noun['word']}")
        peers = [word for word in by_topic[noun["topic"]] if word != noun["word"]]
        pool = peers if len(peers) >= CHOICES - 1 else [word for word in every if word != noun["word"]]
        words = draw.sample(pool, CHOICES - 1)
        answer = draw.randrange(CHOICES)
        words.insert(answer, noun["word"])
        yield {
            "kind": "multiple_choice",
            "id": noun["word"],
            "group": noun["word"],
            "context": question(noun),
            "choices": [f" {word}" for word in words],
            "answer": answer,
        }


def lines(values):
    return [(json.dumps(value, ensure_ascii=False) + "\n").encode() for value in values]


def split(name, stream, count_name):
    content = b"".join(stream)
    return {
        "name": name,
        count_name: len(stream),
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


NOUNS = nouns()
STREAMS = {"/documents/train": lines(documents()), "/requests/test": lines(requests())}
TASK = {
    "protocol": "holdfast-task/1",
    "name": "wordnet-choices",
    "version": VERSION,
    "description": "Which of four nouns has a meaning: questions from WordNet's glosses.",
    "licence": "WordNet-3.1",
    "training": [split("train", STREAMS["/documents/train"], "documents")],
    "evaluation": [split("test", STREAMS["/requests/test"], "requests")],
    "metrics": [
        {"name": "acc", "higher_is_better": True, "source": "built_in"},
        {"name": "acc_norm", "higher_is_better": True, "source": "built_in"},
        {"name": "loss", "higher_is_better": False, "source": "built_in"},
    ],
    "few_shot_from": "train",
}


def refusal(status, path, message, remedy):
    problem = {"code": "refused", "path": path, "message": message, "remedy": remedy}
    return status, "application/json", json.dumps({"problems": [problem]}).encode()


def resource(target):
    """Status, content type and body."""
    url = urlsplit(target)
    if url.path == "/health":
        return 200, "application/json", b"{}"
    if url.path == "/task":
        return 200, "application/json", json.dumps(TASK).encode()
    if url.path not in STREAMS:
        return refusal(404, url.path, "There is no such resource.", "See /task for the splits.")
    stream = STREAMS[url.path]
    offset = parse_qs(url.query).get("offset", ["0"])[0]
    if not offset.isdecimal() or int(offset) > len(stream):
        return refusal(400, "offset", f"An offset is a number from 0 to {len(stream)}.", "Give one.")
    return 200, "application/x-ndjson", b"".join(stream[int(offset):])


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # Head and body leave together.
    timeout = 60

    def do_GET(self):
        status, content_type, body = resource(self.path)
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


if __name__ == "__main__":
    address = (os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8700")))
    print(f"wordnet-choices@{VERSION} at http://{address[0]}:{address[1]}", flush=True)
    ThreadingHTTPServer(address, Service).serve_forever()
