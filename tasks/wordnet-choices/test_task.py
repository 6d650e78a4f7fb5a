"""python3 -m unittest, in this folder."""

import json
import unittest

import task


class ContentTest(unittest.TestCase):
    documents = [json.loads(line) for line in task.STREAMS["/documents/train"]]
    requests = [json.loads(line) for line in task.STREAMS["/requests/test"]]

    def test_no_word_that_is_asked_about_is_trained_on(self):
        trained = {document["group"] for document in self.documents}
        for request in self.requests:
            self.assertTrue(trained.isdisjoint(choice.strip() for choice in request["choices"]))

    def test_the_answer_is_the_word_and_choices_differ(self):
        for request in self.requests:
            self.assertEqual(request["choices"][request["answer"]], " " + request["id"])
            self.assertEqual(len(set(request["choices"])), 4)

    def test_the_place_of_the_answer_says_nothing(self):
        places = [sum(r["answer"] == place for r in self.requests) for place in range(4)]
        # Of n fair draws a place gets n/4 ± 4·sqrt(3n/16) but once in 16,000.
        n = len(self.requests)
        for count in places:
            self.assertLess(abs(count - n / 4), 4 * (3 * n / 16) ** 0.5)

    def test_about_a_tenth_is_held_out(self):
        self.assertEqual(len(self.documents) + len(self.requests), 6000)
        self.assertAlmostEqual(len(self.requests) / 6000, 26 / 256, delta=0.015)

    def test_version_1_is_what_it_was(self):
        """Studies name wordnet-choices@1: other bytes need another version."""
        self.assertEqual(task.TASK["training"][0]["sha256"], "1692a2e63c0f6b5ad150044f39f59251b05e083ea306a1a49f15643a294c4b12")
        self.assertEqual(task.TASK["evaluation"][0]["sha256"], "6d6573a2dbb957cb1780ec0a219337ffcdd3391eadc35b7b06759fef98d6a80f")


if __name__ == "__main__":
    unittest.main()
