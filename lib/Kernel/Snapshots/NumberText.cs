using System.Text.RegularExpressions;

namespace FaLW.Kernel.Snapshots;

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

    [GeneratedRegex(@"(?<![\w.])(?:(?<version>\d+(?:\.\d+){2,})|[-+−]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,3})?)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
