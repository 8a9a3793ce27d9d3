using System.IO.Enumeration;
using FaLW.Kernel.Completion;

namespace FaLW.Kernel.Jupyter;

/// <summary>The shell channel: one request after the other, each between busy and idle.</summary>
internal sealed class ShellLoop(Channels channels, Session session, Action end)
{
    private readonly History history = new();
    private readonly Queue<Message> waiting = new();
    private readonly HashSet<Message> aborted = new(ReferenceEqualityComparer.Instance);
    private int count;

    public void Run(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var request = waiting.TryDequeue(out var earlier) ? earlier : channels.Shell.Inbox.Take(cancellation);
            channels.Busy(request, () => Handle(request));
            if (request.Type is "shutdown_request") end();
        }
    }

    private void Handle(Message request)
    {
        try
        {
            if (Answer(request) is { } content) channels.Answer(channels.Shell, request, content);
        }
        catch (Exception fault)
        {
            // One question that could not be answered must not cost the session.
            ConsoleBridge.Log.WriteLine($"{request.Type} failed: {fault}");
            channels.Answer(channels.Shell, request, Failed(new RunTimeErrors("").Of(fault)));
        }
    }

    private JsonObject? Answer(Message request)
    {
        var (code, cursor) = (request.Get("code", ""), request.Get("cursor_pos", request.Get("code", "").Length));
        switch (request.Type)
        {
            case "execute_request": return aborted.Remove(request) ? new JsonObject { ["status"] = "aborted" } : Execute(request, code);
            case "kernel_info_request": return KernelInfo.Content();
            case "complete_request": return Completions.Answer(session.Chain, code, cursor);
            case "inspect_request": return Inspection.Answer(session.Chain, code, cursor);
            case "is_complete_request": return Completeness.Answer(code);
            case "history_request": return history.Answer(request);
            case "comm_info_request": return new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() };
            // From clients older than the control channel; it waits its turn behind the cells they sent before.
            case "shutdown_request": return ControlLoop.Shutdown(channels, request);
            case "comm_open": Decline(request); return null;
            default: return Unknown(request);
        }
    }

    private JsonObject Execute(Message request, string code)
    {
        var silent = request.Get("silent", otherwise: false);
        if (!silent) count++;
        if (!silent && request.Get("store_history", otherwise: true)) history.Add(count, code);
        if (!silent) channels.Publish(request, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = count });
        var sink = new LiveSink(channels, request, count);
        var result = session.Run(code, FormattableString.Invariant($"In [{count}]"), sink);
        sink.Flush();
        if (result.Error is null) return Executed(request);
        // What waits now was sent before anybody could know of the error. It is set aside before the error is told, so
        // that a cell sent in answer to it is not swallowed.
        if (request.Get("stop_on_error", otherwise: true)) Abort();
        var content = Failed(result.Error);
        content["execution_count"] = count;
        content["payload"] = new JsonArray();
        return content;
    }

    private JsonObject Executed(Message request) => new()
    {
        ["status"] = "ok",
        ["execution_count"] = count,
        ["payload"] = new JsonArray(),
        ["user_expressions"] = UserExpressions(request),
    };

    private void Abort()
    {
        while (channels.Shell.Inbox.TryTake(out var message))
        {
            waiting.Enqueue(message);
            if (message.Type is "execute_request") aborted.Add(message);
        }
    }

    // There is nobody here to talk to, and the front end should know.
    private void Decline(Message request) =>
        channels.Publish(request, "comm_close", new JsonObject { ["comm_id"] = request.Get("comm_id", ""), ["data"] = new JsonObject() });

    private static JsonObject? Unknown(Message request)
    {
        if (!request.Type.EndsWith("_request", StringComparison.Ordinal)) return null;
        return Failed(new CellError("NotSupportedException", $"This kernel does not know '{request.Type}'.", [], null));
    }

    private static JsonObject Failed(CellError error)
    {
        var content = error.ToContent();
        content["status"] = "error";
        return content;
    }

    /// <summary>Expressions that a front end wants evaluated after a cell, without any output of their own.</summary>
    private JsonObject UserExpressions(Message request)
    {
        var answers = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            var sink = new QuietSink();
            var error = session.Run(expression?.ToString() ?? "", "expression", sink).Error;
            var answer = error is null ? (sink.Value ?? MimeBundle.Plain("")).ToContent() : Failed(error);
            answer["status"] = error is null ? "ok" : "error";
            answers[name] = answer;
        }
        return answers;
    }

    private sealed class QuietSink : ICellSink
    {
        public MimeBundle? Value { get; private set; }

        public void Result(MimeBundle bundle) => Value = bundle;
    }
}

/// <summary>What was sent to this kernel so far; it is not kept beyond its life.</summary>
internal sealed class History
{
    private const int ThisSession = 1;

    private readonly List<(int Line, string Code)> inputs = [];

    public void Add(int line, string code) => inputs.Add((line, code));

    public JsonObject Answer(Message request)
    {
        var chosen = request.Get("hist_access_type", "") switch
        {
            "tail" => inputs.TakeLast(request.Get("n", int.MaxValue)),
            "range" => Range(request.Get("session", 0), request.Get("start", 0), request.Get("stop", int.MaxValue)),
            "search" => Search(request.Get("pattern", ""), request.Get("unique", otherwise: false)).TakeLast(request.Get("n", int.MaxValue)),
            _ => [],
        };
        var withOutput = request.Get("output", otherwise: false);
        var entries = chosen.Select(input => new JsonArray(ThisSession, input.Line, withOutput ? new JsonArray(input.Code, null) : JsonValue.Create(input.Code)));
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. entries]) };
    }

    // Session 0 is the current one.
    private IEnumerable<(int Line, string Code)> Range(int session, int start, int stop) =>
        session is 0 or ThisSession ? inputs.Where(input => input.Line >= start && input.Line < stop) : [];

    private IEnumerable<(int Line, string Code)> Search(string pattern, bool unique)
    {
        var found = inputs.Where(input => FileSystemName.MatchesSimpleExpression(pattern, input.Code, ignoreCase: false));
        return unique ? found.Reverse().DistinctBy(input => input.Code, StringComparer.Ordinal).Reverse() : found;
    }
}
