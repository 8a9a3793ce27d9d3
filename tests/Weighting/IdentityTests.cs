using System.Text.Json;
using FaLW.Weighting;

namespace FaLW.Tests.Weighting;

/// <summary>The serialised form is the identity of a weighting in every result.</summary>
public sealed class IdentityTests
{
    public static TheoryData<LossWeighting> All => [new UniformWeighting(), new ForgettingAwareWeighting(0.2, 20, Balance: false)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_weighting_survives_its_own_text(LossWeighting weighting) =>
        Assert.Equal(weighting, JsonSerializer.Deserialize<LossWeighting>(JsonSerializer.Serialize(weighting)));

    [Fact]
    public void The_text_holds_the_kind_and_the_settings_and_nothing_else() => Assert.Equal(
        """{"$type":"ForgettingAwareWeighting","Tau":0.15,"RefreshEvery":1,"Balance":true}""",
        JsonSerializer.Serialize<LossWeighting>(new ForgettingAwareWeighting()));
}
