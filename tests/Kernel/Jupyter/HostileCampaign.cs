using FaLW.Kernel.Jupyter;
using FaLW.Tests.Campaigns;

namespace FaLW.Kernel.Tests.Jupyter;

/// <summary>Messages by chance: malformed, truncated, unsigned, repeated, deep, huge; peers that vanish; interrupts; restarts. One session answers all the while.</summary>
public sealed class HostileCampaign
{
    private const int PerPause = 50;

    // Whatever is asked with a code that does not compile or is none; the session must not come to hold more of it.
    private static readonly string[] Words = ["execute", "complete", "inspect", "is_complete", "history", "comm_info", "kernel_info", "debug", ""];

    private readonly Random chance = Campaign.Chance();
    private int messages, strangers, vanished, interrupts, restarts;

    [Fact]
    public void Whatever_comes_the_session_is_whole_and_the_kernel_does_not_grow()
    {
        var count = Campaign.Count(300);
        using var kernel = new LiveKernel();
        using var client = kernel.Connect();
        Assert.Equal("ok", client.Execute("var kept = 41;").Reply["status"]!.ToString());
        List<Footprint> seen = [];
        while (messages < count)
        {
            for (var i = 0; i < PerPause; i++) Disturb(kernel, client);
            Interrupt(client);
            seen.Add(Footprint.Of(kernel, client, int.MaxValue));
        }

        for (; restarts < count / PerPause / 10; restarts++) Restart();
        var early = seen[seen.Count / 4];
        var last = Footprint.Of(kernel, client, early.Sockets);
        Campaign.Say($"{messages} messages, {strangers} strangers, {vanished} clients that vanished, {interrupts} interrupts, {restarts} restarts; {early} at first, {last} at last");
        Assert.Equal("42", Value(client, "kept + 1"));
        Assert.InRange(last.Sockets, 0, early.Sockets);
        // A cell that ran stays compiled, for later cells to see; nothing else may stay.
        Assert.True(last.Heap - early.Heap < 1 + (0.1 * (last.Cells - early.Cells)), $"Grown from {early} to {last}.");
    }

    private void Disturb(LiveKernel kernel, Client client)
    {
        var channel = new[] { "shell", "control", "stdin", "iopub", "hb" }[chance.Next(5)];
        messages++;
        switch (chance.Next(20))
        {
            case 0: Stranger(kernel, channel); break;
            case 1: Vanish(kernel); break;
            case < 5: client.SendRaw(chance.Next(2) == 0 ? "shell" : "control", Signed(kernel, Odd(), $"{Words[chance.Next(Words.Length)]}_request")); break;
            // The connecting side of hb waits for its answer; what a raw peer sends there is echoed and read by nobody.
            default: client.SendRaw(channel is "hb" ? "shell" : channel, Mutated(Signed(kernel, new JsonObject { ["code"] = "kept = 0;" }))); break;
        }
    }

    private static byte[][] Signed(LiveKernel kernel, JsonObject content, string type = "execute_request", JsonObject? parent = null) =>
        [.. new MessageCodec(new Signer(kernel.Connection["key"]!.ToString())).Encode([], type, parent, content).Select(frame => frame.ToArray())];

    // Never as it was: a byte turned, a frame gone, cut, doubled, huge, or something else altogether.
    private byte[][] Mutated(byte[][] frames)
    {
        var at = chance.Next(1, frames.Length);
        switch (chance.Next(7))
        {
            case 0: frames[at][chance.Next(frames[at].Length)] ^= (byte)chance.Next(1, 256); return frames;
            case 1: return [.. frames.Where((_, i) => i != at)];
            case 2: frames[at] = frames[at][..chance.Next(frames[at].Length)]; return frames;
            case 3: return [frames[0], frames[at], .. frames[1..]];
            case 4: frames[at] = Bytes(chance.Next(20) == 0 ? 8 << 20 : 10_000); return frames;
            case 5: return [];
            default: return [.. Enumerable.Range(0, chance.Next(9)).Select(_ => Bytes(chance.Next(100)))];
        }
    }

    // Rightly signed, and nothing that a front end would say.
    private JsonObject Odd() => chance.Next(5) switch
    {
        0 => new() { ["code"] = chance.Next(), ["silent"] = 0, ["hist_access_type"] = "tail", ["n"] = -1 },
        1 => new() { ["code"] = new JsonArray(Enumerable.Range(0, 1000).Select(i => (JsonNode)i).ToArray()), ["store_history"] = 7 },
        2 => new() { ["code"] = "1 +", ["user_expressions"] = new JsonArray(), ["cursor_pos"] = chance.Next(-9, 9), ["hist_access_type"] = new JsonObject() },
        3 => new() { ["code"] = new string('(', chance.Next(1, 2000)), ["stop_on_error"] = new JsonObject(), ["cursor_pos"] = 1e300 },
        _ => [],
    };

    private void Stranger(LiveKernel kernel, string channel)
    {
        using var socket = Client.Connect(kernel.Connection, channel);
        byte[] greeting = [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 3, 0, .. "NULL"u8, .. new byte[48]];
        socket.Send([.. greeting[..(chance.Next(2) * greeting.Length)], .. Bytes(chance.Next(200))]);
        strangers++;
    }

    private void Vanish(LiveKernel kernel)
    {
        using var other = new Client(kernel.Connection, chance.Next(2) == 0 ? "another key" : kernel.Connection["key"]!.ToString());
        other.Send("shell", "kernel_info_request");
        vanished++;
    }

    private void Interrupt(Client client)
    {
        // An error among the odd ones sets aside what waits; this cell must not.
        client.Ask("kernel_info_request");
        var id = client.Send("shell", "execute_request", new JsonObject { ["code"] = "Console.Write(\"go\"); while (true) ;" });
        while (client.Receive("iopub") is var message && (message.Type != "stream" || message.Parent != id)) continue;
        client.Send("control", "interrupt_request");
        Assert.Equal("The cell was interrupted.", client.Reply("shell", id).Content["evalue"]!.ToString());
        interrupts++;
    }

    private static void Restart()
    {
        using var kernel = new LiveKernel();
        using var client = kernel.Connect();
        Assert.Equal("ok", client.Execute("1").Reply["status"]!.ToString());
        client.Send("control", "shutdown_request", new JsonObject { ["restart"] = true });
        Assert.True(kernel.Process.WaitForExit(30_000));
        Assert.Equal(0, kernel.Process.ExitCode);
    }

    private byte[] Bytes(int length)
    {
        var bytes = new byte[length];
        chance.NextBytes(bytes);
        return bytes;
    }

    private static string Value(Client client, string code) =>
        client.Execute(code).Published.Single(message => message.Type == "execute_result").Content["data"]!["text/plain"]!.ToString();

    // What the kernel holds once those who vanished are noticed: megabytes, and what the system counts.
    private sealed record Footprint(int Cells, double Heap, double Resident, int Sockets, int Threads)
    {
        public override string ToString() => FormattableString.Invariant($"{Cells} cells, heap {Heap:0.0} MB, resident {Resident:0} MB, {Sockets} sockets, {Threads} threads");

        public static Footprint Of(LiveKernel kernel, Client client, int most)
        {
            var cells = client.Execute("").Reply["execution_count"]!.GetValue<int>();
            var heap = double.Parse(Value(client, "GC.GetTotalMemory(true)"), System.Globalization.CultureInfo.InvariantCulture) / 1e6;
            for (var until = Environment.TickCount64 + 30_000; Count() > most && Environment.TickCount64 < until;) kernel.Process.WaitForExit(20);
            kernel.Process.Refresh();
            return new(cells, heap, kernel.Process.WorkingSet64 / 1e6, Count(), kernel.Process.Threads.Count);
            int Count() => Directory.GetFiles($"/proc/{kernel.Process.Id}/fd").Count(file => new FileInfo(file).LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
        }
    }
}
