namespace FaLW.Kernel.Tests;

/// <summary>A sink that remembers everything, in order, as text.</summary>
internal sealed class Probe : ICellSink
{
    private readonly Lock gate = new();
    private readonly StringBuilder text = new();

    public CellError? LastError { get; private set; }

    public List<MimeBundle> Shown { get; } = [];

    public Action<string>? OnText { get; init; }

    public bool IsLive { get; init; }

    public string? Answer { get; init; }

    public string Text
    {
        get
        {
            lock (gate) return text.ToString();
        }
    }

    public void Write(StandardStream stream, string text)
    {
        Add(stream is StandardStream.Output ? text : $"<{text}>");
        OnText?.Invoke(text);
    }

    public void Display(MimeBundle bundle, string displayId) => Show("display", bundle);

    public void Update(MimeBundle bundle, string displayId) => Show("update", bundle);

    public void Result(MimeBundle bundle) => Show("result", bundle);

    public void Error(CellError error) => LastError = error;

    public void Clear(bool wait) => Add($"[clear {wait}]");

    public string? ReadLine(string prompt, bool password) => Answer;

    private void Show(string how, MimeBundle bundle)
    {
        Shown.Add(bundle);
        Add($"[{how} {bundle.Data["text/plain"] ?? bundle.Data.First().Value}]");
    }

    private void Add(string piece)
    {
        lock (gate) text.Append(piece);
    }
}

/// <summary>A session whose cells are numbered, as a front end numbers them.</summary>
internal sealed class Conversation(string? folder = null)
{
    private int count;

    public Session Session { get; } = new(folder);

    public string Say(string code) => Ask(code).Text;

    public CellError Fail(string code) => Ask(code).LastError ?? throw new InvalidOperationException($"The cell went through: {code}");

    public Probe Ask(string code, Probe? probe = null)
    {
        probe ??= new Probe();
        Session.Run(code, $"In [{++count}]", probe);
        return probe;
    }
}
