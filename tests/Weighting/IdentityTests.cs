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

    public static TheoryData<LossWeighting, string> Texts => new()
    {
        { new ForgettingAwareWeighting(), """{"$type":"ForgettingAwareWeighting","Tau":0.15,"RefreshEvery":1,"Balance":true}""" },
        {
            new ForgettingAwareWeighting { Slice = 64, Spread = Spread.GaussianOfLogit },
            """{"$type":"ForgettingAwareWeighting","Tau":0.15,"RefreshEvery":1,"Balance":true,"Slice":64,"Spread":"GaussianOfLogit"}"""
        },
        {
            new LossBasedWeighting(0.5, LossSource.Static) { Ceiling = 4 },
            """{"$type":"LossBasedWeighting","Temperature":0.5,"Source":"Static","Scope":"Batch","Ceiling":4}"""
        },
        { new WeightedAscentWeighting(), """{"$type":"WeightedAscentWeighting","Beta":1}""" },
        {
            new ConstantTwin(new ForgettingAwareWeighting(0.2)),
            """{"$type":"ConstantTwin","Of":{"$type":"ForgettingAwareWeighting","Tau":0.2,"RefreshEvery":1,"Balance":true}}"""
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_text_holds_the_kind_and_settings_by_name_and_departures_and_bounds_only_where_set(LossWeighting weighting, string text)
    {
        Assert.Equal(text, JsonSerializer.Serialize(weighting, CanonicalJson.Options));
        Assert.Equal(weighting, JsonSerializer.Deserialize<LossWeighting>(text, CanonicalJson.Options));
    }
}
