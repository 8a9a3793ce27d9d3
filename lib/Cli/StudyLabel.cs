using System.Text.Json.Serialization;

namespace FaLW.Cli;

/// <summary>What a report says of the study its results belong to.</summary>
internal sealed record StudyLabel(string Name, string Title, string Question, string Choices, bool IsPilot)
{
    /// <summary>What belongs to the study and is not among the results, a sentence each; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Missing { get; init; }
}
