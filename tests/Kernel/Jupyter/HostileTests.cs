namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>What comes from outside the protocol leaves the kernel alive and the session whole.</summary>
public sealed class HostileTests(LiveKernel kernel) : IClassFixture<LiveKernel>, IDisposable
{
    private readonly Client client = kernel.Connect();

    public void Dispose() => client.Dispose();

    [Fact]
    public void A_wrong_signature_gets_no_answer_and_no_effect()
    {
        using (var stranger = kernel.Connect("another key")) stranger.Send("shell", "execute_request", new JsonObject { ["code"] = "var stolen = 1;" });
        Assert.Equal("error", client.Execute("stolen").Reply["status"]!.ToString());
    }

    [Fact]
    public void A_message_sent_twice_counts_once()
    {
        client.Execute("var times = 0;");
        var codec = new FaLW.Kernel.Jupyter.MessageCodec(new FaLW.Kernel.Jupyter.Signer(kernel.Connection["key"]!.ToString()));
        var frames = codec.Encode([], "execute_request", null, new JsonObject { ["code"] = "times++;" }).Select(frame => frame.ToArray()).ToArray();
        client.SendRaw("shell", frames);
        client.SendRaw("shell", frames);
        Assert.Equal("1", client.Execute("times").Published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.ToString());
    }

    [Fact]
    public void Broken_messages_are_left_aside()
    {
        byte[] delimiter = Encoding.ASCII.GetBytes("<IDS|MSG>");
        foreach (var channel in new[] { "shell", "control", "stdin" })
        {
            client.SendRaw(channel, []);
            client.SendRaw(channel, [1, 2, 3]);
            client.SendRaw(channel, delimiter);
            client.SendRaw(channel, delimiter, [], [], [], [], []);
            client.SendRaw(channel, delimiter, new byte[64], [123], [125], [0xFF, 0xFE], [91]);
        }
        var codec = new FaLW.Kernel.Jupyter.MessageCodec(new FaLW.Kernel.Jupyter.Signer(kernel.Connection["key"]!.ToString()));
        foreach (var odd in new JsonObject[] { new() { ["code"] = 7 }, new() { ["code"] = "1", ["silent"] = "yes" }, new() { ["code"] = "1", ["user_expressions"] = 3 }, [] })
            client.SendRaw("shell", [.. codec.Encode([], "execute_request", null, odd).Select(frame => frame.ToArray())]);
        foreach (var type in new[] { "complete_request", "inspect_request", "history_request", "is_complete_request", "comm_open", "", "execute_reply" })
            client.Send("shell", type, new JsonObject { ["code"] = "a.", ["cursor_pos"] = 99_999 });
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
    }

    [Fact]
    public void A_header_as_deep_as_can_be_read_is_answered()
    {
        const int depth = 990;
        var signer = new FaLW.Kernel.Jupyter.Signer(kernel.Connection["key"]!.ToString());
        byte[] header = Encoding.UTF8.GetBytes($$"""{"msg_id":"deep","msg_type":"kernel_info_request","more":{{new string('[', depth)}}{{new string(']', depth)}}}""");
        byte[] nothing = [.. "{}"u8];
        foreach (var channel in new[] { "shell", "control" })
        {
            client.SendRaw(channel, Encoding.ASCII.GetBytes("<IDS|MSG>"), signer.Sign(header, nothing, nothing, nothing), header, nothing, nothing, nothing);
            Assert.Equal("ok", client.Reply(channel, "deep").Content["status"]!.ToString());
            header = [.. header, (byte)' '];
        }
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("")]
    [InlineData("\u007f\u007f\u007f")]
    public void Peers_that_speak_something_else_are_dropped(string greeting)
    {
        foreach (var channel in new[] { "shell", "iopub", "hb", "control", "stdin" })
        {
            using var socket = Client.Connect(kernel.Connection, channel);
            socket.Send(Encoding.Latin1.GetBytes(greeting.PadRight(greeting.Length > 0 ? 80 : 0)));
        }
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
    }

    [Theory]
    [InlineData("""{"code": "\"\ud83d\".Length"}""")]
    [InlineData("""{"code": "1", "code": "\"x\".Length", "user_expressions": NaN}""")]
    public void What_Python_or_a_browser_can_send_is_answered(string content)
    {
        byte[][] parts = ["""{"msg_id": "odd", "msg_type": "execute_request"}"""u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(), Encoding.UTF8.GetBytes(content)];
        client.SendRaw("shell", ["<IDS|MSG>"u8.ToArray(), new FaLW.Kernel.Jupyter.Signer(kernel.Connection["key"]!.ToString()).Sign(parts), .. parts]);
        Assert.Equal("ok", client.Reply("shell", "odd").Content["status"]!.ToString());
        Assert.Equal("1", client.Published("odd").Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.ToString());
    }

    [Fact]
    public void What_is_deeper_than_anybody_reads_fails_its_cell_alone()
    {
        client.Execute("""
            class Deep(int depth)
            {
                public IReadOnlyDictionary<string, object> ToMimeBundle()
                {
                    System.Text.Json.Nodes.JsonNode node = 1;
                    for (var i = 0; i < depth; i++) node = new System.Text.Json.Nodes.JsonArray(node);
                    return new Dictionary<string, object> { ["application/json"] = node };
                }
            }
            """);
        string Shown(int depth) => client.Execute($"display(new Deep({depth}));").Reply["status"]!.ToString();
        Assert.Equal(("ok", "error"), (Shown(900), Shown(5000)));
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
    }

    [Fact]
    public void A_frame_that_claims_to_be_endless_costs_nothing()
    {
        using var socket = Client.Connect(kernel.Connection, "shell");
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];
        byte[] ready = [4, 25, 5, .. "READY"u8, 11, .. "Socket-Type"u8, 0, 0, 0, 6, .. "DEALER"u8];
        ready[1] = (byte)(ready.Length - 2);
        socket.Send([.. greeting, .. ready, 2, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        var buffer = new byte[4096];
        while (socket.Receive(buffer) > 0) { }
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
    }

    [Fact]
    public void Huge_messages_pass_both_ways()
    {
        var text = new string('x', 20_000_000);
        Assert.Equal("ok", client.Execute($"var huge = \"{text}\";").Reply["status"]!.ToString());
        var (_, published) = client.Execute("display(huge);");
        Assert.Equal(["status", "execute_input", "display_data", "status"], published.Select(message => message.Type));
        Assert.Equal(text.Length, published.Single(message => message.Type == "display_data").Content["data"]!["text/plain"]!.ToString().Length);
    }

    [Fact]
    public void A_client_that_vanishes_in_mid_cell_does_not_take_the_kernel_along()
    {
        using (var other = kernel.Connect())
        {
            other.Send("shell", "execute_request", new JsonObject { ["code"] = "var lived = 0; for (var i = 0; i < 2000; i++) { lived++; Console.WriteLine(new string('y', 1000)); }" });
            while (other.Receive("iopub").Type != "stream") continue;
        }
        Assert.Equal("2000", client.Execute("lived").Published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.ToString());
    }

    [Fact]
    public void The_heart_beats_with_all_frames_while_a_cell_fills_the_pool()
    {
        var id = client.Send("shell", "execute_request", new JsonObject { ["code"] = "Parallel.For(0, 64, _ => Thread.Sleep(50));" });
        client.SendRaw("hb", [], Encoding.ASCII.GetBytes("ping"));
        Assert.Equal([[], Encoding.ASCII.GetBytes("ping")], client.ReceiveRaw("hb"));
        Assert.Equal("ok", client.Reply("shell", id).Content["status"]!.ToString());
    }

    [Fact]
    public void Native_text_reaches_the_cell()
    {
        const string native = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern nint write(int to, byte[] text, nint length); write(1, \"out\\n\"u8.ToArray(), 4); write(2, \"err\\n\"u8.ToArray(), 4);";
        var streams = client.Execute(native).Published.Where(message => message.Type == "stream").Select(message => $"{message.Content["name"]} {message.Content["text"]}").Order();
        Assert.Equal(["stderr err\n", "stdout out\n"], streams);
    }
}
