namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>Each message of the protocol, against a kernel process over real sockets.</summary>
public sealed class ProtocolTests(LiveKernel kernel) : IClassFixture<LiveKernel>, IDisposable
{
    private readonly Client client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Fact]
    public void The_kernel_says_what_it_is()
    {
        foreach (var channel in new[] { "shell", "control" })
        {
            var (reply, published) = client.Ask("kernel_info_request", channel: channel);
            Assert.Equal("ok", reply["status"]!.ToString());
            Assert.Equal("5.3", reply["protocol_version"]!.ToString());
            Assert.Equal("C#", reply["language_info"]!["name"]!.ToString());
            Assert.Equal(["busy", "idle"], published.Select(message => message.Content["execution_state"]!.ToString()));
        }
    }

    [Fact]
    public void A_cell_is_executed_between_busy_and_idle()
    {
        var (reply, published) = client.Execute("Console.WriteLine(\"größe 😀\"); Console.Error.Write(\"e\"); display(1); 6 * 7");
        Assert.StartsWith("""{"status":"ok",""", reply.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(["status", "execute_input", "stream", "stream", "display_data", "execute_result", "status"], published.Select(message => message.Type));
        Assert.Equal(("stdout", "größe 😀\n"), (published[2].Content["name"]!.ToString(), published[2].Content["text"]!.ToString()));
        Assert.Equal("42", published[5].Content["data"]!["text/plain"]!.ToString());
        Assert.Equal(reply["execution_count"]!.ToString(), published[5].Content["execution_count"]!.ToString());
    }

    [Fact]
    public void State_is_kept_and_errors_are_told()
    {
        client.Execute("var kept = 5;");
        var (reply, published) = client.Execute("kept++; var more = 7;\nthrow new Exception(\"planned\");");
        Assert.Equal(("error", "Exception", "planned"), (reply["status"]!.ToString(), reply["ename"]!.ToString(), reply["evalue"]!.ToString()));
        Assert.EndsWith(":line 2", published.Single(message => message.Type == "error").Content["traceback"]![1]!.ToString(), StringComparison.Ordinal);
        Assert.Equal("13", client.Execute("kept + more").Published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.ToString());
    }

    [Fact]
    public void Waiting_cells_are_aborted_after_an_error_and_the_next_one_is_not()
    {
        var ids = new[] { "Thread.Sleep(300); throw new Exception();", "1", "2" }.Select(code => client.Send("shell", "execute_request", new JsonObject { ["code"] = code })).ToList();
        var info = client.Send("shell", "kernel_info_request");
        Assert.Equal(["error", "aborted", "aborted"], ids.Select(id => client.Reply("shell", id).Content["status"]!.ToString()));
        Assert.Equal("ok", client.Reply("shell", info).Content["status"]!.ToString());
        Assert.Equal("ok", client.Execute("3").Reply["status"]!.ToString());
        var patient = new[] { "Thread.Sleep(300); throw new Exception();", "1" }.Select(code => client.Send("shell", "execute_request", new JsonObject { ["code"] = code, ["stop_on_error"] = false })).ToList();
        Assert.Equal(["error", "ok"], patient.Select(id => client.Reply("shell", id).Content["status"]!.ToString()));
    }

    [Fact]
    public void Output_arrives_while_the_cell_runs()
    {
        var id = client.Send("shell", "execute_request", new JsonObject { ["code"] = "Console.Write(\"early\"); while (!System.IO.File.Exists(\"go\")) await Task.Delay(5);" });
        while (client.Receive("iopub") is var message && message.Type != "stream") Assert.NotEqual("execute_reply", message.Type);
        client.Send("control", "interrupt_request");
        Assert.Equal("error", client.Reply("shell", id).Content["status"]!.ToString());
    }

    [Fact]
    public void A_display_is_updated_from_a_later_cell()
    {
        var shown = Only(client.Execute("var shown = display(\"a\");").Published, "display_data");
        var updated = Only(client.Execute("shown.Update(\"b\");").Published, "update_display_data");
        Assert.Equal(shown["transient"]!["display_id"]!.ToString(), updated["transient"]!["display_id"]!.ToString());
        Assert.Equal("b", updated["data"]!["text/plain"]!.ToString());
        Assert.Equal("""{"wait":true}""", Only(client.Execute("clear_output(true);").Published, "clear_output").ToJsonString());
    }

    [Fact]
    public void Silent_cells_leave_no_trace()
    {
        var before = client.Execute("1").Reply["execution_count"]!.GetValue<int>();
        var (_, published) = client.Execute("2", new JsonObject { ["silent"] = true, ["store_history"] = false });
        Assert.Equal(["status", "status"], published.Select(message => message.Type));
        Assert.Equal(before + 1, client.Execute("3").Reply["execution_count"]!.GetValue<int>());
    }

    [Fact]
    public void A_question_goes_to_the_front_end_that_sent_the_cell()
    {
        var id = client.Send("shell", "execute_request", new JsonObject { ["code"] = "input(\"Name?\") + Console.ReadLine()", ["allow_stdin"] = true });
        foreach (var (prompt, answer) in new[] { ("Name?", "Ada "), ("", "Lovelace") })
        {
            var question = client.Receive("stdin");
            Assert.Equal(("input_request", prompt), (question.Type, question.Content["prompt"]!.ToString()));
            client.Send("stdin", "input_reply", new JsonObject { ["value"] = answer });
        }
        Assert.Equal("ok", client.Reply("shell", id).Content["status"]!.ToString());
        Assert.Equal("Ada Lovelace", client.Published(id).Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.ToString());
        Assert.Contains("Nobody can be asked", client.Execute("input(\"\")").Reply["evalue"]!.ToString(), StringComparison.Ordinal);
    }

    private static JsonObject Only(List<Received> published, string type)
    {
        Assert.Equal(["status", "execute_input", type, "status"], published.Select(message => message.Type == "error" ? message.ToString() : message.Type));
        return published[2].Content;
    }
}
