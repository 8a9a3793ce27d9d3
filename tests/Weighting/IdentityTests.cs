namespace FaLW.Tests.Weighting;

/// <summary>The serialised form is the identity of a weighting in every result.</summary>
public sealed class IdentityTests
{
    public static TheoryData<LossWeighting> All =>
    [
        new UniformWeighting(), new ForgettingAwareWeighting(0.2, 20, Balance: false),
        new ForgettingAwareWeighting { Slice = 64, Spread = Spread.Quantile }, new ForgettingAwareWeighting(Balance: false) { Eta = 2, Spread = Spread.GaussianOfLogit },
        new ClassBalancedWeighting(), new ClassBalancedWeighting(0.99),
        new LossBasedWeighting(0.5), new LossBasedWeighting(0.1, LossSource.Static, WeightScope.Set) { Floor = 0.1, Ceiling = 4 },
        new WeightedAscentWeighting(2), new NegativePreferenceWeighting(0.5), new SaturationImportanceWeighting(4, 2),
        new BalDroGroupWeighting(0.25), new BalDroDualWeighting(2, DualSign.AsReleased),
        new WeightedAscentWeighting(2) { Normalised = true }, new NegativePreferenceWeighting(0.5) { Normalised = true }, new SaturationImportanceWeighting(4, 2) { Normalised = true },
        new ConstantWeighting(1.4),
        new SoftWeighting(KeepUtility: false, WeightDecay: 1e-3),
    ];

    [Theory]
    [MemberData(nameof(All))]
    public void A_weighting_survives_its_own_text(LossWeighting weighting) =>
        Assert.Equal(weighting, JsonSerializer.Deserialize<LossWeighting>(JsonSerializer.Serialize(weighting, CanonicalJson.Options), CanonicalJson.Options));

    [Fact]
    public void The_text_holds_the_kind_and_the_settings_and_nothing_else() => Assert.Equal(
        """{"$type":"ForgettingAwareWeighting","Tau":0.15,"RefreshEvery":1,"Balance":true}""",
        JsonSerializer.Serialize<LossWeighting>(new ForgettingAwareWeighting(), CanonicalJson.Options));

    [Fact]
    public void A_published_weight_keeps_its_text_and_a_twin_holds_its_pattern()
    {
        Assert.Equal("""{"$type":"WeightedAscentWeighting","Beta":1}""", JsonSerializer.Serialize<LossWeighting>(new WeightedAscentWeighting(), CanonicalJson.Options));
        LossWeighting twin = new ConstantTwin(new ForgettingAwareWeighting(0.2));
        var text = JsonSerializer.Serialize(twin, CanonicalJson.Options);
        Assert.Equal("""{"$type":"ConstantTwin","Of":{"$type":"ForgettingAwareWeighting","Tau":0.2,"RefreshEvery":1,"Balance":true}}""", text);
        Assert.Equal(twin, JsonSerializer.Deserialize<LossWeighting>(text, CanonicalJson.Options));
    }

    [Fact]
    public void Only_departures_from_the_paper_are_added_to_the_text_of_FaLW() => Assert.Equal(
        """{"$type":"ForgettingAwareWeighting","Tau":0.15,"RefreshEvery":1,"Balance":true,"Slice":64,"Spread":"GaussianOfLogit"}""",
        JsonSerializer.Serialize<LossWeighting>(new ForgettingAwareWeighting { Slice = 64, Spread = Spread.GaussianOfLogit }, CanonicalJson.Options));

    [Fact]
    public void Choices_are_written_by_name_and_bounds_only_where_set() => Assert.Equal(
        """{"$type":"LossBasedWeighting","Temperature":0.5,"Source":"Static","Scope":"Batch","Ceiling":4}""",
        JsonSerializer.Serialize<LossWeighting>(new LossBasedWeighting(0.5, LossSource.Static) { Ceiling = 4 }, CanonicalJson.Options));
}
