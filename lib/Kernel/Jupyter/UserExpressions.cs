using System.Text.Json.Nodes;
using FaLW.Kernel.Rendering;
using FaLW.Kernel.Sessions;

namespace FaLW.Kernel.Jupyter;

/// <summary>Expressions that a front end wants evaluated after a cell, without any output of their own.</summary>
internal static class UserExpressions
{
    public static JsonObject Evaluate(Session session, Message request)
    {
        var answers = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
            answers[name] = Evaluate(session, expression?.ToString() ?? "");
        return answers;
    }

    private static JsonObject Evaluate(Session session, string expression)
    {
        var sink = new QuietSink();
        if (session.Run(expression, "expression", sink).Error is { } error)
        {
            var failed = LiveSink.ErrorContent(error);
            failed["status"] = "error";
            return failed;
        }
        var bundle = sink.Value ?? MimeBundle.Plain("");
        return new JsonObject { ["status"] = "ok", ["data"] = bundle.Data.DeepClone(), ["metadata"] = bundle.Metadata.DeepClone() };
    }

    private sealed class QuietSink : ICellSink
    {
        public MimeBundle? Value { get; private set; }

        public void Write(StandardStream stream, string text) { }

        public void Display(MimeBundle bundle, string displayId) { }

        public void Update(MimeBundle bundle, string displayId) { }

        public void Result(MimeBundle bundle) => Value = bundle;

        public void Error(CellError error) { }

        public void Clear(bool wait) { }

        public string? ReadLine(string prompt, bool password) => null;
    }
}
