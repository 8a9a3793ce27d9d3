namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>What a front end asks besides executing: completion, inspection, completeness, history, comms.</summary>
public sealed class QuestionTests(LiveKernel kernel) : IClassFixture<LiveKernel>, IDisposable
{
    private readonly Client client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("Console.WriteL|", "WriteLine", 8, 14)]
    [InlineData("new List<int>().Sel|", "Select", 16, 19)]
    [InlineData("var 😀😀 = \"a\".Tri|", "Trim", 13, 16)]
    [InlineData("System.Coll|", "Collections", 7, 11)]
    [InlineData("\"a\"?.Len|", "Length", 5, 8)]
    [InlineData("wh|", "while", 0, 2)]
    [InlineData("disp|", "display", 0, 4)]
    [InlineData("int.Par|", "Parse", 4, 7)]
    public void Completion_offers(string marked, string expected, int start, int end)
    {
        var reply = Complete(marked);
        Assert.Contains(expected, reply["matches"]!.AsArray().Select(match => match!.ToString()));
        Assert.Equal((start, end), (reply["cursor_start"]!.GetValue<int>(), reply["cursor_end"]!.GetValue<int>()));
    }

    [Fact]
    public void Completion_knows_the_session_and_offers_nothing_in_comments_and_strings()
    {
        client.Execute("var sessionVariable = new { Inner = 1 };");
        Assert.Equal("sessionVariable", Complete("sessionV|")["matches"]![0]!.ToString());
        Assert.Contains("Inner", Complete("sessionVariable.|")["matches"]!.AsArray().Select(match => match!.ToString()));
        Assert.Empty(Complete("// Cons|")["matches"]!.AsArray());
        Assert.Empty(Complete("var s = \"Cons|\";")["matches"]!.AsArray());
        Assert.DoesNotContain("Equals", Complete("\"a\".ToS|")["matches"]!.AsArray().Select(match => match!.ToString()));
    }

    [Theory]
    [InlineData("Console.Wri|teLine(1)", "Console.WriteLine")]
    [InlineData("Math.Max(|1, 2)", "Math.Max")]
    [InlineData("Math.Max(1|, 2)", "Math.Max")]
    [InlineData("string s|;", "s")]
    [InlineData("List|<int> x;", "class List<int>")]
    [InlineData("/// <summary>Twice as much.</summary>\nint Twice(int n) => 2 * n; Twi|ce(2)", "Twice as much.")]
    public void Inspection_tells(string marked, string expected)
    {
        var (code, cursor) = Split(marked);
        var reply = client.Ask("inspect_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor, ["detail_level"] = 0 }).Reply;
        Assert.True(reply["found"]!.GetValue<bool>());
        Assert.Contains(expected, reply["data"]!["text/plain"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Inspection_reads_the_documentation_of_the_framework()
    {
        var text = client.Ask("inspect_request", new JsonObject { ["code"] = "\"a\".Trim()", ["cursor_pos"] = 6 }).Reply["data"]!["text/plain"]!.ToString();
        Assert.Contains("Removes all leading and trailing", text, StringComparison.Ordinal);
        Assert.False(client.Ask("inspect_request", new JsonObject { ["code"] = "", ["cursor_pos"] = 0 }).Reply["found"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("1 + 1", "complete", null)]
    [InlineData("for (var i = 0; i < 3; i++)\n{", "incomplete", "    ")]
    [InlineData("class C {\n    void M() {", "incomplete", "        ")]
    [InlineData("1 + ) 2", "invalid", null)]
    public void Completeness_is_told(string code, string status, string? indent)
    {
        var reply = client.Ask("is_complete_request", new JsonObject { ["code"] = code }).Reply;
        Assert.Equal((status, indent), (reply["status"]!.ToString(), reply["indent"]?.ToString()));
    }

    [Fact]
    public void History_is_told_by_tail_range_and_search()
    {
        foreach (var code in new[] { "var h1 = 1;", "var h2 = 2;", "var h2 = 2;" }) client.Execute(code);
        Assert.Equal(["var h2 = 2;"], History("tail", ("n", 1)));
        Assert.Contains("var h1 = 1;", History("range", ("session", 0), ("start", 1), ("stop", 1000)));
        Assert.Equal(["var h2 = 2;"], History("search", ("pattern", "*h2*"), ("unique", true)));
        Assert.Empty(History("nonsense"));

        IEnumerable<string> History(string kind, params (string Name, JsonNode Value)[] more)
        {
            var content = new JsonObject { ["hist_access_type"] = kind };
            foreach (var (name, value) in more) content[name] = value;
            return client.Ask("history_request", content).Reply["history"]!.AsArray().Select(entry => entry![2]!.ToString());
        }
    }

    [Fact]
    public void Comms_are_declined_and_unknown_requests_answered()
    {
        Assert.Empty(client.Ask("comm_info_request").Reply["comms"]!.AsObject());
        var closed = client.Published(client.Send("shell", "comm_open", new JsonObject { ["comm_id"] = "c7", ["target_name"] = "widget" }));
        Assert.Equal("c7", closed.Single(message => message.Type == "comm_close").Content["comm_id"]!.ToString());
        Assert.Equal("error", client.Ask("dance_request").Reply["status"]!.ToString());
        Assert.Equal("error", client.Ask("debug_request", channel: "control").Reply["status"]!.ToString());
    }

    [Fact]
    public void User_expressions_are_evaluated_quietly()
    {
        var (reply, published) = client.Execute("var u = 1;", new JsonObject { ["user_expressions"] = new JsonObject { ["good"] = "u + 1", ["bad"] = "none" } });
        Assert.Equal("2", reply["user_expressions"]!["good"]!["data"]!["text/plain"]!.ToString());
        Assert.Equal("error", reply["user_expressions"]!["bad"]!["status"]!.ToString());
        Assert.Equal(["status", "execute_input", "status"], published.Select(message => message.Type));
    }

    private JsonObject Complete(string marked)
    {
        var (code, cursor) = Split(marked);
        return client.Ask("complete_request", new JsonObject { ["code"] = code, ["cursor_pos"] = cursor }).Reply;
    }

    // The bar marks the cursor, counted in code points.
    private static (string Code, int Cursor) Split(string marked)
    {
        var at = marked.IndexOf('|', StringComparison.Ordinal);
        return (marked.Remove(at, 1), marked[..at].EnumerateRunes().Count());
    }
}
