namespace FaLW.Tests.Studies;

/// <summary>The published numbers as data: all that are known, and none that contradicts the protocol.</summary>
public sealed class PublishedTests
{
    [Theory]
    [InlineData("main", 16)]
    [InlineData("sweep", 14)]
    [InlineData("balance", 8)]
    public void Every_known_number_of_the_paper_is_there(string table, int count) => Assert.Equal(count, Published.Of(table).Count());

    [Fact]
    public void Sums_of_the_columns_are_those_of_the_notes()
    {
        double Sum(string table, Func<PublishedNumber, bool> which) => Math.Round(Published.Of(table).Where(which).Sum(number => number.Value), 2);
        Assert.Equal([146.14, 52.35], [Sum("main", n => n.Data == "CIFAR-10"), Sum("main", n => n.Data == "Tiny-ImageNet")]);
        Assert.Equal([11.37, 6.46], [Sum("sweep", n => n.Method == "SalUn"), Sum("sweep", n => n.Method == "FaLW")]);
        Assert.Equal([-53.49, -41.25], [Sum("balance", n => n.Balance == false), Sum("balance", n => n.Balance == true)]);
        Assert.Equal(16.21, Math.Round(Published.Of("main").Sum(number => number.Deviation), 2));
    }

    [Fact]
    public void Settings_are_those_of_the_protocol() => Assert.All(Published.Numbers.Where(number => number.Paper == Published.FaLW), number =>
    {
        var spec = new PaperSetting(number.Data, number.Gamma).Spec;
        Assert.Equal(number.Ratio, spec.Data.Forget.Share);
        Assert.StartsWith(number.Network, spec.Network.Name, StringComparison.Ordinal);
        if (number.Table == "sweep") Assert.Contains(number.Gamma, Protocol.Gammas);
    });

    [Fact]
    public void Every_flag_is_explained_and_every_mark_is_used()
    {
        var marks = Published.Remarks.Select(remark => remark.Mark).Where(mark => mark.Length > 0).ToArray();
        Assert.Equal(marks, Published.Numbers.SelectMany(number => number.Flags).Distinct().Order().Select(flag => flag.ToString()));
        Assert.Contains(Published.Remarks, remark => remark is { Mark: "", Subject: "Figure 1a" });
    }

    [Fact]
    public void LoReUn_has_no_number_and_Soft_has_what_its_repository_holds()
    {
        Assert.DoesNotContain(Published.Numbers, number => number.Paper.Contains("2507.22499", StringComparison.Ordinal));
        Assert.Equal(24, Published.Numbers.Count(number => number.Paper == "arXiv 2505.18783" && number.Source == "C"));
    }

    [Fact]
    public void Claims_are_made_of_all_of_it()
    {
        Assert.Equal(38, Claims.All.Count(claim => claim.Kind == ClaimKind.Number));
        Assert.Equal(25, Claims.All.Count(claim => claim.Kind == ClaimKind.Difference));
        var differences = Claims.All.Where(claim => claim.Kind == ClaimKind.Difference).ToDictionary(claim => (claim.Where, claim.Text), claim => claim.Parts[0].Published);
        Assert.Equal(-2.10, differences[("CIFAR-10, γ 1", "FaLW − SalUn")], 9);
        Assert.Equal(-0.26, differences[("CIFAR-100, γ 1/2", "FaLW − SalUn")], 9);
        Assert.Equal(5.72, differences[("CIFAR-100, γ 2", "Δ Tail FA: factor on − off")], 9);
        Assert.All(Claims.All, claim => Assert.All(claim.Parts, part => Assert.True(claim.Kind == ClaimKind.Number || part.Sign != 0)));
    }
}
