"""A client of the language server: it frames messages, sends them and waits for the answers."""
import json
import subprocess


class Client:
    def __init__(self, program, initialize=True, **options):
        self.process = subprocess.Popen([program, "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.PIPE)
        self.next = 0
        self.notices = []
        if initialize:
            self.capabilities = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {},
                                                        **options})["result"]["capabilities"]
            self.tell("initialized", {})

    def raw(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        data = json.dumps(message, ensure_ascii=False).encode()
        self.raw(b"Content-Length: %d\r\n\r\n" % len(data) + data)

    def read(self):
        """The next message of the server; None at its end."""
        length = None
        while True:
            line = self.process.stdout.readline()
            if not line:
                return None
            if line == b"\r\n":
                break
            name, value = line.decode("ascii").split(":")
            if name == "Content-Length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def tell(self, method, params):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def answer(self):
        """The next message that is an answer; notifications before it are kept."""
        while True:
            message = self.read()
            assert message is not None, "the server is gone"
            if "id" in message:
                return message
            self.notices.append(message)

    def ask(self, method, params):
        self.next += 1
        self.send({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params})
        message = self.answer()
        assert message["id"] == self.next and message["jsonrpc"] == "2.0", message
        return message

    def notice(self):
        """The next notification."""
        if self.notices:
            return self.notices.pop(0)
        message = self.read()
        assert message is not None and "id" not in message, message
        return message

    def open(self, uri, text, version=1):
        self.tell("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "markdown", "version": version,
                                                            "text": text}})
        return self.notice()["params"]

    def change(self, uri, text, version=2):
        self.tell("textDocument/didChange", {"textDocument": {"uri": uri, "version": version},
                                             "contentChanges": [{"text": text}]})
        return self.notice()["params"]

    def at(self, method, uri, line, character, **more):
        return self.ask("textDocument/" + method, {"textDocument": {"uri": uri},
                                                   "position": {"line": line, "character": character}, **more})

    def leave(self):
        """Shut down and leave; the exit code."""
        assert self.ask("shutdown", None)["result"] is None
        self.tell("exit", None)
        return self.end()

    def end(self):
        self.process.stdin.close()
        code = self.process.wait(60)
        self.process.stdout.close()
        said = self.process.stderr.read()
        self.process.stderr.close()
        assert not said, said
        return code


def find(text, part, nth=0, inside=0):
    """Line and UTF-16 character of the nth place of `part`, `inside` characters into it."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(part, at + 1)
    before = text[:at + inside]
    line = before.count("\n")
    return line, len(before[before.rfind("\n") + 1:].encode("utf-16-le")) // 2


def cut(text, area):
    """The text of a range."""
    lines = text.split("\n")

    def offset(p):
        units = lines[p["line"]].encode("utf-16-le")[:2 * p["character"]]
        return sum(len(line) + 1 for line in lines[:p["line"]]) + len(units.decode("utf-16-le"))
    return text[offset(area["start"]):offset(area["end"])]


def apply(text, edits):
    """The text after edits that do not overlap."""
    lines = text.split("\n")

    def offset(p):
        units = lines[p["line"]].encode("utf-16-le")[:2 * p["character"]]
        return sum(len(line) + 1 for line in lines[:p["line"]]) + len(units.decode("utf-16-le"))
    for e in sorted(edits, key=lambda e: -offset(e["range"]["start"])):
        text = text[:offset(e["range"]["start"])] + e["newText"] + text[offset(e["range"]["end"]):]
    return text
