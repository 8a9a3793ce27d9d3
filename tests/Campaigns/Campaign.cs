namespace FaLW.Tests.Campaigns;

/// <summary>How large a test is: a handful in the suite, as large as FALW_CAMPAIGN says when tests/Campaigns/run.sh starts it. Chance has a seed.</summary>
internal static class Campaign
{
    /// <summary>How many, in the suite or by hand.</summary>
    public static int Count(int inTheSuite) => Number("FALW_CAMPAIGN") ?? inTheSuite;

    /// <summary>The chances of one campaign.</summary>
    public static Random Chance() => new(Number("FALW_CAMPAIGN_SEED") ?? 0);

    /// <summary>The one line of figures, said before they are judged.</summary>
    public static void Say(FormattableString figures) => TestContext.Current.TestOutputHelper!.WriteLine($"campaign: {FormattableString.Invariant(figures)}");

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
