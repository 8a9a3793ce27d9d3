using System.IO.Compression;

namespace FaLW.Tests.Data;

/// <summary>Tables of people: what is read of real files, and what is said of damaged ones.</summary>
public sealed class TabularSetTests : InFolder
{
    private const string Train = """
        39, State-gov, 77516, Bachelors, 13, Never-married, Adm-clerical, Not-in-family, White, Male, 2174, 0, 40, United-States, <=50K
        50, ?, 83311, Bachelors, 13, Married-civ-spouse, ?, Husband, White, Male, 0, 0, 13, United-States, >50K
        38, Private, 215646, HS-grad, 9, Divorced, Sales, Unmarried, Black, Female, 0, 0, 40, Cuba, <=50K

        """;

    private const string Test = """
        |1x3 Cross validator
        25, Private, 226802, 11th, 7, Never-married, Sales, Husband, Black, Female, 0, 0, 40, Cuba, >50K.

        """;

    private static string Shared => Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "data"));

    /// <summary>Counts of the file by grep.</summary>
    [Fact]
    public void German_Credit_is_whole_and_tells_no_model_the_group()
    {
        var credit = TabularSet.GermanCredit();
        Assert.Equal((1000, 1000, 700, 690), (credit.Count, credit.TrainCount, credit.Labels.Count(label => label), credit.Groups.Sum()));
        Assert.Equal("duration", credit.Columns[0]);
        Assert.DoesNotContain(credit.Columns, column => column.StartsWith("personal_status", StringComparison.Ordinal));
        // The first line of the file.
        Assert.Equal([6, 1169, 4, 4, 67, 2, 1], credit.Rows[0][..7]);
        Assert.Equal(["checking_status=<0", "credit_history=critical/other existing credit"], credit.Columns.Where((_, k) => k >= 7 && credit.Rows[0][k] == 1).Take(2));
        // Every word is one column of each person.
        Assert.All(credit.Rows, row => Assert.Equal(12, row.Skip(7).Sum()));
    }

    [Fact]
    public void Missing_values_comments_line_ends_and_full_stops_are_no_matter()
    {
        string[] ends = ["\n", "\r\n"];
        foreach (var end in ends)
        {
            var set = TableForm.Adult.Read(new StringReader(Train.ReplaceLineEndings(end)), new StringReader(Test.ReplaceLineEndings(end)));
            Assert.Equal((4, 3), (set.Count, set.TrainCount));
            Assert.Equal([false, true, false, true], set.Labels);
            Assert.Equal([1, 1, 0, 0], set.Groups);
            Assert.Equal([50, 13, 0, 0, 13], set.Rows[1][..5]);
            Assert.Equal(1, set.Rows[1][set.Columns.ToList().IndexOf("workclass=?")]);
        }
    }

    [Theory]
    [InlineData("38, Private", "old, Private", "Row 3 of Adult says 'old' in column age, where a number is expected")]
    [InlineData("38, Private", "NaN, Private", "says 'NaN' in column age")]
    [InlineData("Female", "F", "Row 3 of Adult says 'F' in column sex, where Female or Male is expected")]
    [InlineData("Cuba, <=50K", "Cuba, 50K", "says '50K' in column income, where >50K or <=50K is expected")]
    [InlineData("Cuba, <=50K", "Cuba", "Row 3 of Adult has 14 cells but there are 15 columns")]
    [InlineData("40, Cuba, >50K.", "40, ?, >50K.", "Row 4 of Adult says '?' in column native-country, where a word that the part to train on has too is expected")]
    public void A_cell_that_cannot_be_meant_is_named(string correct, string odd, string sentence) => Assert.Contains(
        sentence, Assert.Throws<Fault>(() => TableForm.Adult.Read(new StringReader(Train.Replace(correct, odd, StringComparison.Ordinal)), new StringReader(Test.Replace(correct, odd, StringComparison.Ordinal)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Parts_are_drawn_once_and_scaled_by_the_people_to_train_on()
    {
        var credit = TabularSet.GermanCredit();
        var (one, noisy) = (credit.Split(3, 400, 200), credit.Split(3, 400, 200, flipped: 0.1));
        Assert.Equal((400, 200, 400), (one.Train.Count, one.Validation.Count, one.Test.Count));
        Assert.Equal(40, noisy.Flipped.Count);
        Assert.Equal(noisy.Flipped, Enumerable.Range(0, 400).Where(i => one.Train.HostLabels[i] != noisy.Train.HostLabels[i]));
        Assert.Equal(one.Validation.HostLabels, noisy.Validation.HostLabels);
        Assert.True(one.Train.Features.Equals(noisy.Train.Features));
        var numbers = one.Train.Features.narrow(1, 0, 7);
        Assert.InRange(numbers.mean([0]).abs().max().item<double>(), 0, 1e-12);
        Assert.InRange((numbers.square().mean([0]) - 1).abs().max().item<double>(), 0, 1e-12);
        Assert.NotEqual(one.Train.HostLabels, credit.Split(4, 400, 200).Train.HostLabels);
    }

    [Theory]
    [InlineData(800, 200, 0.0)]
    [InlineData(0, 200, 0.0)]
    [InlineData(10, 10, 1.5)]
    [InlineData(10, 10, double.NaN)]
    public void What_the_people_do_not_suffice_for_is_refused(int train, int validation, double flipped) =>
        Assert.Contains("ask for fewer people", Assert.Throws<Fault>(() => TabularSet.GermanCredit().Split(0, train, validation, flipped)).Message, StringComparison.Ordinal);

    [Fact]
    public void People_of_one_group_cannot_be_compared() =>
        Assert.Contains("lacks a group", Assert.Throws<Fault>(() => new TabularPart([[1.0], [2.0]], [true, false], [1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void German_Credit_answers_for_Adult_aloud()
    {
        using var said = new StringWriter();
        Assert.Equal("German Credit", TabularSet.AdultOrCredit(new DataShelf([home.Path], home.Path), said).Name);
        Assert.Contains("Adult was not found; looked for adult.data and adult.test in", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("answers in its place", said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_named_and_one_that_cannot_be_unpacked_too()
    {
        Directory.CreateDirectory(home["adult"]);
        File.WriteAllText(home["adult/adult.data"], Train);
        File.WriteAllBytes(home["adult/adult.test.gz"], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff, 0xff]);
        var checks = AdultFiles.Verify(new DataShelf([home.Path], home.Path));
        Assert.All(checks, check => Assert.False(check.Holds));
        Assert.Contains("adult.data has checksum sha256:", checks[0].Finding, StringComparison.Ordinal);
        Assert.Contains("adult.test.gz cannot be decoded as gzip", checks[1].Finding, StringComparison.Ordinal);
        Assert.Throws<Fault>(() => TabularSet.Adult(new DataShelf([home.Path], home.Path)));
    }

    [Fact]
    public async Task What_the_site_gives_is_checked()
    {
        using var site = new Site([1, 2, 3]);
        using var client = new HttpClient(new Elsewhere(site.Address));
        var fault = await Assert.ThrowsAsync<Fault>(() => AdultFiles.Fetch(new DataShelf([home.Path], home.Path, client), cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("of 3,974,305 bytes of adult.data", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(home.Path, "adult.data", SearchOption.AllDirectories));
    }

    /// <summary>Counts as UCI gives them; Holand-Netherlands is in the train part only.</summary>
    [Fact]
    public void Adult_is_read_plain_or_gzipped_and_with_line_ends_of_another_system()
    {
        Assert.SkipWhen(AdultFiles.Find(new DataShelf([Shared], Shared)) is null, "Adult is not on this machine; see data/README.md.");
        var adult = TabularSet.Adult(new DataShelf([Shared], Shared));
        Assert.Equal((48_842, 32_561, 89), (adult.Count, adult.TrainCount, adult.Columns.Count));
        Assert.Equal((7_841, 3_846), (adult.Labels.Take(32_561).Count(label => label), adult.Labels.Skip(32_561).Count(label => label)));
        Assert.Equal((21_790, 10_860), (adult.Groups.Take(32_561).Sum(), adult.Groups.Skip(32_561).Sum()));
        foreach (var name in new[] { "adult.data", "adult.test" })
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(Shared, "adult", name + ".gz")), CompressionMode.Decompress));
            File.WriteAllText(home[name], text.ReadToEnd().ReplaceLineEndings("\r\n"));
        }

        var shelf = new DataShelf([home.Path], home.Path);
        Assert.All(AdultFiles.Verify(shelf), check => Assert.True(check.Holds, check.Finding));
        Assert.Equal(adult.Rows[40_000], TabularSet.Adult(shelf).Rows[40_000]);
    }
}
