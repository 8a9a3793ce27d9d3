"""A front end made of Jupyter's own client. Prints one line per question; any failure ends with a trace and code 1.

Usage: front_end.py KERNEL_NAME   (JUPYTER_PATH leads to the kernelspec)
"""
import queue
import sys
import time

from jupyter_client.manager import KernelManager

manager = KernelManager(kernel_name=sys.argv[1])
assert manager.kernel_spec.interrupt_mode == "message"
manager.start_kernel()
client = manager.client()
client.start_channels()
client.wait_for_ready(timeout=120)


def run(code, **options):
    published = []
    reply = client.execute_interactive(code, timeout=120, output_hook=published.append, **options)
    texts = [m["content"]["text"] for m in published if m["msg_type"] == "stream"]
    results = [m["content"]["data"]["text/plain"] for m in published if m["msg_type"] in ("execute_result", "display_data")]
    return reply["content"], "".join(texts), results


def interrupt(code):
    client.execute(code)
    while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
        pass
    manager.interrupt_kernel()
    return client.get_shell_msg(timeout=60)["content"]["evalue"]


try:
    reply, text, results = run("var x = 41; Console.WriteLine(\"größe 😀\"); x + 1")
    assert (reply["status"], text, results) == ("ok", "größe 😀\n", ["42"]), (reply, text, results)
    print("execute: output, result, unicode")

    assert run("throw new Exception(\"planned\");")[0]["ename"] == "Exception"
    assert run("x")[2] == ["41"]
    print("error: told, and the session goes on")

    answers = []
    _, _, results = run("input(\"Name?\")", allow_stdin=True, stdin_hook=lambda m: (answers.append(m["content"]["prompt"]), client.input("Ada")))
    assert (answers, results) == (["Name?"], ["Ada"])
    print("stdin: asked and answered")

    assert "WriteLine" in client.complete("Console.WriteL", reply=True, timeout=60)["content"]["matches"]
    assert client.inspect("Math.Max", 6, reply=True, timeout=60)["content"]["found"]
    client.is_complete("for (;;) {")
    assert client.get_shell_msg(timeout=60)["content"]["status"] == "incomplete"
    assert client.history(hist_access_type="tail", n=1, reply=True, timeout=60)["content"]["history"][0][2] == "input(\"Name?\")"
    assert client.comm_info(reply=True, timeout=60)["content"]["comms"] == {}
    print("questions: completion, inspection, completeness, history, comms")

    assert interrupt("var kept = 5; Console.Write(\"go\"); await Task.Delay(60_000);") == "The cell was interrupted."
    assert run("kept")[2] == ["5"]
    print("interrupt: the cell ends, its variables stay")

    assert client.hb_channel.is_beating()
    print("heartbeat")

    manager.restart_kernel(now=False)
    client.wait_for_ready(timeout=120)
    assert run("x")[0]["status"] == "error"
    print("restart: a new session")

    client.shutdown()
    for _ in range(600):
        if not manager.is_alive():
            break
        time.sleep(0.05)
    assert not manager.is_alive()
    print("shutdown: the process ends")
finally:
    client.stop_channels()
    if manager.is_alive():
        manager.shutdown_kernel(now=True)
