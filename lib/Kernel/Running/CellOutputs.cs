using System.Text;
using System.Text.Json.Nodes;
using FaLW.Kernel.Rendering;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Running;

/// <summary>The outputs of one cell, gathered in the form in which a notebook keeps them.</summary>
internal sealed class CellOutputs(int count, ShownPlaces places) : ICellSink
{
    private readonly Lock gate = new();
    private readonly List<JsonObject> outputs = [];
    private readonly StringBuilder text = new();
    private StandardStream stream;
    private bool clearFirst;

    public void Write(StandardStream stream, string text)
    {
        lock (gate)
        {
            Begin();
            if (stream != this.stream) EndText();
            this.stream = stream;
            this.text.Append(text);
        }
    }

    public void Display(MimeBundle bundle, string displayId)
    {
        var output = Output("display_data", bundle);
        Add(output);
        places.Remember(displayId, output);
    }

    public void Update(MimeBundle bundle, string displayId) => places.Update(displayId, bundle);

    public void Result(MimeBundle bundle)
    {
        var output = Output("execute_result", bundle);
        output["execution_count"] = count;
        Add(output);
    }

    public void Error(CellError error) => Add(new JsonObject
    {
        ["output_type"] = "error",
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Trace.Select(line => JsonValue.Create(line))]),
    });

    public void Clear(bool wait)
    {
        lock (gate)
        {
            clearFirst = true;
            if (!wait) Begin();
        }
    }

    public string? ReadLine(string prompt, bool password) => null;

    /// <summary>Everything so far, in order.</summary>
    public IReadOnlyList<JsonObject> All()
    {
        lock (gate)
        {
            EndText();
            return [.. outputs.Select(output => (JsonObject)output.DeepClone())];
        }
    }

    private static JsonObject Output(string kind, MimeBundle bundle) => new()
    {
        ["output_type"] = kind,
        ["data"] = bundle.Data.DeepClone(),
        ["metadata"] = bundle.Metadata.DeepClone(),
    };

    private void Add(JsonObject output)
    {
        lock (gate)
        {
            Begin();
            EndText();
            outputs.Add(output);
        }
    }

    private void Begin()
    {
        if (!clearFirst) return;
        clearFirst = false;
        outputs.Clear();
        text.Clear();
    }

    private void EndText()
    {
        if (text.Length == 0) return;
        var name = stream is StandardStream.Output ? "stdout" : "stderr";
        outputs.Add(new JsonObject { ["output_type"] = "stream", ["name"] = name, ["text"] = Overwriting.Apply(text.ToString()) });
        text.Clear();
    }
}
