using System.Collections.Concurrent;
using System.Text;

namespace FaLW.Kernel.Jupyter;

/// <summary>
/// The outputs of one cell on their way to the front ends. Text is gathered for a moment: a hundred thousand lines become
/// a few messages, and still appear while the cell runs.
/// </summary>
internal sealed class LiveSink(Channels channels, Message request, int count) : ICellSink
{
    private const int FullAt = 8 << 10;

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private StandardStream stream;

    public bool IsLive => true;

    public void Write(StandardStream stream, string text)
    {
        lock (gate)
        {
            if (stream != this.stream) Flush();
            this.stream = stream;
            if (this.text.Length == 0) FlushClock.Remind(this);
            this.text.Append(text);
            if (this.text.Length < FullAt) return;
            Flush();
        }
        channels.WaitForRoom();
    }

    public void Display(MimeBundle bundle, string displayId) => Publish("display_data", Content(bundle, displayId));
    public void Update(MimeBundle bundle, string displayId) => Publish("update_display_data", Content(bundle, displayId));

    public void Result(MimeBundle bundle)
    {
        var content = Content(bundle, null);
        content["execution_count"] = count;
        if (!request.Get("silent", otherwise: false)) Publish("execute_result", content);
    }

    public void Error(CellError error) => Publish("error", error.ToContent());
    public void Clear(bool wait) => Publish("clear_output", new JsonObject { ["wait"] = wait });

    public string? ReadLine(string prompt, bool password)
    {
        if (!request.Get("allow_stdin", otherwise: false)) return null;
        Flush();
        while (channels.Input.Inbox.TryTake(out _)) { }
        channels.AskInput(request, new JsonObject { ["prompt"] = prompt, ["password"] = password });
        return channels.Input.Inbox.Take().Get("value", "");
    }

    public void Flush()
    {
        lock (gate)
        {
            if (text.Length == 0) return;
            var content = new JsonObject { ["name"] = stream is StandardStream.Output ? "stdout" : "stderr", ["text"] = text.ToString() };
            text.Clear();
            channels.Publish(request, "stream", content);
        }
    }

    private static JsonObject Content(MimeBundle bundle, string? displayId)
    {
        var content = bundle.ToContent();
        content["transient"] = displayId is null ? [] : new JsonObject { ["display_id"] = displayId };
        return content;
    }

    private void Publish(string type, JsonObject content)
    {
        lock (gate)
        {
            Flush();
            channels.Publish(request, type, content);
        }
        channels.WaitForRoom();
    }
}

/// <summary>Reminds sinks to send what they gathered. A thread of its own, because a cell may have filled the pool.</summary>
internal static class FlushClock
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private static readonly BlockingCollection<LiveSink> Waiting = Begin();

    public static void Remind(LiveSink sink) => Waiting.Add(sink);

    private static BlockingCollection<LiveSink> Begin()
    {
        var sinks = new BlockingCollection<LiveSink>();
        new Thread(() => FlushAll(sinks)) { IsBackground = true, Name = "flush" }.Start();
        return sinks;
    }

    private static void FlushAll(BlockingCollection<LiveSink> sinks)
    {
        using var never = new ManualResetEventSlim();
        foreach (var sink in sinks.GetConsumingEnumerable())
        {
            never.Wait(Moment);
            sink.Flush();
        }
    }
}
