namespace FaLW.Tests.Figures;

/// <summary>Ticks are places that people count in, whatever the range.</summary>
public sealed class TickTests
{
    [Fact]
    public void Linear_ticks_are_few_round_evenly_spaced_inside_and_told_apart() => Ranges.Sample(range =>
    {
        var ticks = Ticks.Linear(range.Low, range.High, 6);
        var step = Ticks.Step(range.Low, range.High, 6);
        var mantissa = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        return new[] { 1.0, 2.0, 5.0 }.Any(m => Math.Abs(m - mantissa) < 1e-6)
            && ticks.Count is >= 3 and <= 11
            && ticks.All(t => t.Value >= range.Low - step * 1e-6 && t.Value <= range.High + step * 1e-6)
            && ticks[0].Value - range.Low < step * (1 + 1e-6) && range.High - ticks[^1].Value < step * (1 + 1e-6)
            && ticks.Zip(ticks.Skip(1)).All(p => Math.Abs(p.Second.Value - p.First.Value - step) < step * 1e-6)
            && ticks.Select(t => t.Label).Distinct(StringComparer.Ordinal).Count() == ticks.Count;
    }, iter: 100);

    [Fact]
    public void A_label_reads_back_as_its_value() => Ranges.Sample(range =>
    {
        var step = Ticks.Step(range.Low, range.High, 6);
        return Ticks.Linear(range.Low, range.High, 6).All(t => Math.Abs(Read(t.Label) - t.Value) <= step * 1e-6);
    }, iter: 100);

    [Fact]
    public void Logarithmic_ticks_rise_and_name_at_least_two_places() => Gen.Select(Gen.Int[-12, 8], Gen.Int[1, 12]).Sample((low, width) =>
    {
        var ticks = Ticks.Log(Math.Pow(10, low) * 0.9, Math.Pow(10, low + width) * 1.1, 6);
        var named = ticks.Where(t => t.Label.Length > 0).ToArray();
        return ticks.Zip(ticks.Skip(1)).All(p => p.First.Value < p.Second.Value) && named.Length is >= 2 and <= 14;
    }, iter: 100);

    [Theory]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(-0.05, 1.05, "0 0.2 0.4 0.6 0.8 1.0")]
    [InlineData(-18, 16, "−15 −10 −5 0 5 10 15")]
    [InlineData(0, 13500, "0 2,000 4,000 6,000 8,000 10,000 12,000")]
    [InlineData(0, 3e8, "0 5×10⁷ 1.0×10⁸ 1.5×10⁸ 2.0×10⁸ 2.5×10⁸ 3.0×10⁸")]
    [InlineData(1e-6, 3e-6, "1.0×10⁻⁶ 1.5×10⁻⁶ 2.0×10⁻⁶ 2.5×10⁻⁶ 3.0×10⁻⁶")]
    public void Known_ranges_get_known_labels(double low, double high, string labels) =>
        Assert.Equal(labels, string.Join(' ', Ticks.Linear(low, high, 6).Select(t => t.Label)));

    [Theory]
    [InlineData("-0.00", "0.00")]
    [InlineData("-0", "0")]
    [InlineData("r = -0.0, ρ = -0.01", "r = 0.0, ρ = −0.01")]
    [InlineData("-0.004", "−0.004")]
    [InlineData("-10", "−10")]
    [InlineData("1E-05", "1E−05")]
    public void What_rounds_to_nothing_has_no_sign_and_every_other_minus_is_a_true_one(string text, string shown) =>
        Assert.Equal(shown, Ticks.Signed(text));

    [Fact]
    public void Whole_numbers_stay_whole() => Assert.Equal(["1", "2", "3"], Ticks.Linear(1, 3, 10, smallest: 1).Select(t => t.Label));

    [Fact]
    public void Decades_between_learning_rates_are_labelled_as_people_write_them() => Assert.Equal(
        ["0.001", "0.01", "0.1"], Ticks.Log(0.0008, 0.12, 4).Where(t => t.Label.Length > 0).Select(t => t.Label));

    private static double Read(string label)
    {
        var parts = label.Replace('−', '-').Split("×10");
        var exponent = parts.Length == 1 ? 0 : int.Parse(string.Concat(parts[1].Select(c => c == '⁻' ? '-' : (char)('0' + "⁰¹²³⁴⁵⁶⁷⁸⁹".IndexOf(c, StringComparison.Ordinal)))), CultureInfo.InvariantCulture);
        return double.Parse(parts[0], CultureInfo.InvariantCulture) * Math.Pow(10, exponent);
    }

    private static Gen<(double Low, double High)> Ranges { get; } = Gen.Select(
        Gen.Int[-8, 8], Gen.Int[-1000, 1000], Gen.Int[200, 2000], (exponent, start, width) => (start * Math.Pow(10, exponent), (start + width) * Math.Pow(10, exponent)));
}
