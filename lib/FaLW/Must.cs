using System.Runtime.CompilerServices;

namespace FaLW;

/// <summary>
/// Checks of settings: null where one holds, else words such as "the learning rate must be positive, but is 0". A setting is called by
/// the name it has in code, unless told otherwise; what is not a number passes no check.
/// </summary>
internal static class Must
{
    private static readonly HashSet<string> Letters = ["alpha", "beta", "beta1", "beta2", "eta", "gamma", "lambda", "tau"];

    /// <summary>What the checks say, where they say something.</summary>
    public static IEnumerable<string> All(params IEnumerable<string?> checks) => checks.OfType<string>();

    public static string? BePositive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Hold(value > 0 && double.IsFinite(value), "be positive", value, name);

    public static string? NotBeNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Hold(value >= 0 && double.IsFinite(value), "not be negative", value, name);

    public static string? BeAtLeast(int least, int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Hold(value >= least, Invariant($"be at least {least}"), value, name);

    /// <summary>Both ends are allowed.</summary>
    public static string? LieIn(double from, double to, double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Hold(value >= from && value <= to, Invariant($"lie in {from} to {to}"), value, name);

    /// <summary>A part that is not empty.</summary>
    public static string? BeAShare(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Hold(value is > 0 and <= 1, "lie above 0 and at most at 1", value, name);

    public static string? Hold(bool holds, string demand, double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        holds ? null : Invariant($"{Called(name)} must {demand}, but {(Noun(name).EndsWith('s') ? "are" : "is")} {value}");

    private static string Noun(string name) => name.Split([" of ", " in ", " with"], StringSplitOptions.None)[0];

    // "LearningRate" is the learning rate, "Epochs" are epochs, "Tau" is tau; other words are said as they are.
    private static string Called(string name)
    {
        if (char.IsLower(name[0]) || name.Contains(' ', StringComparison.Ordinal)) return name;
        var words = string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
        return Letters.Contains(words) || words.EndsWith('s') ? words : $"the {words}";
    }
}
