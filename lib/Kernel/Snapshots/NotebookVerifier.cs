using System.Text.RegularExpressions;

namespace FaLW.Kernel.Snapshots;

/// <summary>
/// Says whether a notebook still gives what it gave: in its own outputs, and in the transcript <c>NAME.verified.txt</c> that
/// lies beside it or in a folder of its own. File names follow Verify's grammar.
/// </summary>
internal static class NotebookVerifier
{
    public static IReadOnlyList<string> Outputs(Notebook committed, Notebook executed) =>
        TranscriptComparison.Differences(Transcript.Of(committed, isWhole: true), Transcript.Of(executed, isWhole: true));

    public static IReadOnlyList<string> Snapshot(Notebook executed, string verified, string settings, bool accept)
    {
        var received = Transcript.Of(executed, settings);
        var differences = Differences(verified, received);
        var beside = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
        if (differences.Count == 0 || accept) File.Delete(beside);
        if (differences.Count > 0) WholeFile.Write(accept ? verified : beside, received.ToString());
        return accept ? [] : differences;
    }

    public static string? SettingsOf(string verified) => File.Exists(verified) ? Transcript.Parse(File.ReadAllText(verified)).Settings : null;

    private static IReadOnlyList<string> Differences(string verified, Transcript received)
    {
        if (!File.Exists(verified)) return [$"there is no {Path.GetFileName(verified)} yet; look at the received one and accept it with --accept."];
        var expected = Transcript.Parse(File.ReadAllText(verified));
        if (expected.Settings != received.Settings) return [$"it was verified with the settings '{expected.Settings}' and run with '{received.Settings}'."];
        return TranscriptComparison.Differences(expected, received);
    }
}

/// <summary>Where two transcripts differ, as sentences that name the cell.</summary>
internal static class TranscriptComparison
{
    public static IReadOnlyList<string> Differences(Transcript expected, Transcript received)
    {
        var (before, now) = (Ids(expected), Ids(received));
        if (before.Except(now, StringComparer.Ordinal).ToList() is { Count: > 0 } gone) return [.. gone.Select(id => $"cell '{id}' is missing.")];
        if (now.Except(before, StringComparer.Ordinal).ToList() is { Count: > 0 } added) return [.. added.Select(id => $"cell '{id}' is new.")];
        if (!before.SequenceEqual(now, StringComparer.Ordinal)) return ["the cells are in another order."];
        return [.. expected.Blocks.Zip(received.Blocks, InBlock).OfType<string>()];
    }

    private static List<string> Ids(Transcript transcript) => [.. transcript.Blocks.Select(block => block.Id)];

    private static string? InBlock(TranscriptBlock expected, TranscriptBlock received)
    {
        if (expected.Remarks != received.Remarks) return $"cell '{expected.Id}' is marked '{received.Remarks}' and was marked '{expected.Remarks}'.";
        for (var i = 0; i < Math.Max(expected.Lines.Count, received.Lines.Count); i++)
        {
            var (before, now) = (expected.Lines.ElementAtOrDefault(i), received.Lines.ElementAtOrDefault(i));
            if (before is null || now is null || !NumberText.Agree(before, now, received.Tolerance))
                return FormattableString.Invariant($"cell '{expected.Id}', line {i + 1} of its outputs:\n    expected  {Shown(before)}\n    received  {Shown(now)}");
        }
        return null;
    }

    private static string Shown(string? line) => line?.Trim() ?? "(nothing)";
}

/// <summary>
/// Two lines agree when their words agree letter by letter, their whole numbers digit by digit, and their other numbers
/// within a relative tolerance or one unit of the last digit printed. Blanks may differ in number: columns move with
/// their numbers.
/// </summary>
internal static partial class NumberText
{
    public const double DefaultTolerance = 1e-4;

    // A shade more than one unit, because 0.2 - 0.1 is a shade more than 0.1.
    private const double OneUnit = 1.000001;

    public static bool Agree(string left, string right, double tolerance)
    {
        if (left == right) return true;
        var (ours, theirs) = (Pieces(left), Pieces(right));
        return ours.Count == theirs.Count && ours.Zip(theirs).All(pair => Agree(pair.First, pair.Second, tolerance));
    }

    /// <summary>The words of a text with a mark for each number, and the numbers.</summary>
    public static (string Words, IReadOnlyList<double> Numbers) Parts(string text)
    {
        var pieces = Pieces(text);
        var words = string.Concat(pieces.Select(piece => piece.IsNumber ? "#" : piece.Text));
        return (Blanks().Replace(words, " ").Trim(), [.. pieces.Where(piece => piece.IsNumber).Select(piece => Value(piece.Text))]);
    }

    private static bool Agree((string Text, bool IsNumber) left, (string Text, bool IsNumber) right, double tolerance)
    {
        if (left.IsNumber != right.IsNumber) return false;
        if (!left.IsNumber) return Blanks().Replace(left.Text, " ").Trim() == Blanks().Replace(right.Text, " ").Trim();
        if (IsWhole(left.Text) && IsWhole(right.Text)) return left.Text == right.Text;
        var (a, b) = (Value(left.Text), Value(right.Text));
        var allowed = Math.Max(tolerance * Math.Max(Math.Abs(a), Math.Abs(b)), OneUnit * Math.Max(Unit(left.Text), Unit(right.Text)));
        return Math.Abs(a - b) <= allowed || a.Equals(b);
    }

    // Text and numbers in turn; something like 1.2.3 is a version, and a word.
    private static List<(string Text, bool IsNumber)> Pieces(string line)
    {
        var pieces = new List<(string, bool)>();
        var from = 0;
        foreach (Match match in Number().Matches(line))
        {
            if (match.Groups["version"].Success) continue;
            pieces.Add((line[from..match.Index], false));
            pieces.Add((match.Value, true));
            from = match.Index + match.Length;
        }
        pieces.Add((line[from..], false));
        return pieces;
    }

    private static bool IsWhole(string number) => number.IndexOfAny(['.', 'e', 'E']) < 0;
    private static double Value(string number) => double.Parse(number.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static double Unit(string number)
    {
        var parts = number.Split(['e', 'E']);
        var decimals = parts[0].Contains('.', StringComparison.Ordinal) ? parts[0].Length - parts[0].IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        return Math.Pow(10, exponent - decimals);
    }

    [GeneratedRegex(@"(?<![\w.])(?:(?<version>\d+(?:\.\d+){2,})|[-+−]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.None, 60_000)]
    private static partial Regex Blanks();
}
