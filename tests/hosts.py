"""Web servers of our own on this machine, and a clock that only sleeping moves."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"<html><body><p>Norland reopened its border with Sudria on Monday.</p></body></html>"


class Host:
    """A web server: `pages` maps paths to what answers them, which is (status, header lines, body), a function of the request
    that gives that, or None where it has written all itself; `asked` lists the requests. Ends when it is left."""

    def __init__(self):
        self.pages = {"/": (200, {"Content-Type": "text/html; charset=UTF-8"}, PAGE)}
        self.asked = []
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                host.asked.append((self.path, self.headers))
                answer = host.answer(self)
                if answer is None:
                    self.close_connection = True
                    return
                status, lines, body = answer
                self.send_response(status)
                for name, value in ({"Content-Length": str(len(body))} | lines).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None  # clients that hang up are what some tests are about
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01}).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request):
        found = self.pages.get(request.path, (404, {}, b""))
        return found(request) if callable(found) else found

    def url(self, path="/", name="127.0.0.1"):
        return f"http://{name}:{self.port}{path}"

    def leads(self, path, to, status=302, **lines):
        self.pages[path] = (status, {"Location": to} | lines, b"")

    def robots(self, text, status=200, **lines):
        self.pages["/robots.txt"] = (status, {"Content-Type": "text/plain"} | lines, text.encode())

    def paths(self):
        return [path for path, _ in self.asked]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 1000.0
        self.slept = []

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.now += seconds
