namespace FaLW.Cli;

/// <summary>What a report says of the study its results belong to.</summary>
internal sealed record StudyLabel(string Name, string Title, string Question, string Choices, bool IsPilot);
