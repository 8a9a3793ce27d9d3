using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FaLW.Kernel.Jupyter;

/// <summary>What was sent to this kernel so far; it is not kept beyond its life.</summary>
internal sealed class History
{
    private const int ThisSession = 1;

    private readonly List<(int Line, string Code)> inputs = [];

    public void Add(int line, string code) => inputs.Add((line, code));

    public JsonObject Answer(Message request)
    {
        var chosen = request.Text("hist_access_type") switch
        {
            "tail" => inputs.TakeLast(request.Number("n", int.MaxValue)),
            "range" => Range(request.Number("session", 0), request.Number("start", 0), request.Number("stop", int.MaxValue)),
            "search" => Search(request.Text("pattern"), request.Flag("unique", otherwise: false)).TakeLast(request.Number("n", int.MaxValue)),
            _ => [],
        };
        var withOutput = request.Flag("output", otherwise: false);
        return new JsonObject { ["status"] = "ok", ["history"] = new JsonArray([.. chosen.Select(input => Entry(input, withOutput))]) };
    }

    private static JsonArray Entry((int Line, string Code) input, bool withOutput) =>
        new(ThisSession, input.Line, withOutput ? new JsonArray(input.Code, null) : JsonValue.Create(input.Code));

    // Session 0 is the current one.
    private IEnumerable<(int Line, string Code)> Range(int session, int start, int stop) =>
        session is 0 or ThisSession ? inputs.Where(input => input.Line >= start && input.Line < stop) : [];

    private IEnumerable<(int Line, string Code)> Search(string pattern, bool unique)
    {
        var glob = new Regex($"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        var found = inputs.Where(input => glob.IsMatch(input.Code));
        return unique ? found.Reverse().DistinctBy(input => input.Code, StringComparer.Ordinal).Reverse() : found;
    }
}
