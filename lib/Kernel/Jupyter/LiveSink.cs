using System.Text;
using System.Text.Json.Nodes;
using FaLW.Kernel.Rendering;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Jupyter;

/// <summary>
/// The outputs of one cell on their way to the front ends. Text is gathered for a moment: a hundred thousand lines become
/// a few messages, and still appear while the cell runs.
/// </summary>
internal sealed class LiveSink : ICellSink
{
    private const int FullAt = 8 << 10;

    private readonly Channels channels;
    private readonly Message request;
    private readonly int count;
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();
    private StandardStream stream;

    public LiveSink(Channels channels, Message request, int count) =>
        (this.channels, this.request, this.count) = (channels, request, count);

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
        if (!request.Flag("silent", otherwise: false)) Publish("execute_result", content);
    }

    public void Error(CellError error) => Publish("error", ErrorContent(error));

    public void Clear(bool wait) => Publish("clear_output", new JsonObject { ["wait"] = wait });

    /// <summary>Asks through the front end that sent the cell; null when it takes no questions.</summary>
    public string? ReadLine(string prompt, bool password)
    {
        if (!request.Flag("allow_stdin", otherwise: false)) return null;
        Flush();
        channels.ForgetInput();
        channels.AskInput(request, new JsonObject { ["prompt"] = prompt, ["password"] = password });
        return channels.NextInput(CancellationToken.None).Text("value");
    }

    /// <summary>Sends what is gathered.</summary>
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

    /// <summary>An error in the protocol's words.</summary>
    public static JsonObject ErrorContent(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Trace.Select(line => JsonValue.Create(line))]),
    };

    private static JsonObject Content(MimeBundle bundle, string? displayId) => new()
    {
        ["data"] = bundle.Data.DeepClone(),
        ["metadata"] = bundle.Metadata.DeepClone(),
        ["transient"] = displayId is null ? [] : new JsonObject { ["display_id"] = displayId },
    };

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
