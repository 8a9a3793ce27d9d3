namespace FaLW.Cli;

/// <summary>One line of <c>falw doctor</c>.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="Found">What is there.</param>
/// <param name="Remedy">How to get what is missing; null when nothing is.</param>
/// <param name="Blocks">Whether the main job cannot run like this.</param>
internal sealed record Finding(string Name, string Found, string? Remedy = null, bool Blocks = false)
{
    /// <summary>"ok", "missing" (the main job cannot run) or "could be better".</summary>
    public string Verdict => this switch { { Remedy: null } => "ok", { Blocks: true } => "missing", _ => "note" };
}
