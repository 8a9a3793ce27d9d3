using Microsoft.Data.Analysis;

namespace FaLW.Tests.Plots;

/// <summary>Data frames say what the results say, and CSV gives back what was written to it.</summary>
public sealed class DataFrameTests
{
    private static readonly IReadOnlyList<RunResult> Two = SomeResults.Study(2);

    [Fact]
    public void A_row_per_run_says_method_seed_and_numbers()
    {
        var frame = Two.ToDataFrame();
        Assert.Equal(10, frame.Rows.Count);
        Assert.Equal(Two.Select(run => run.Title), frame["method"].Cast<string>());
        Assert.Equal(Two.Select(run => run.Spec.Data.Seed), frame["seed"].Cast<int>());
        Assert.Equal(Two.Select(run => run.AverageGap), frame["average gap"].Cast<double>());
        Assert.Equal("Uniform", frame.Filter("method", "RL")["weighting"][0]);
    }

    [Fact]
    public void Every_setting_that_varies_is_a_column_of_its_kind_and_no_other_is()
    {
        var falw = Two.Where(run => run.Title == "FaLW").ToArray();
        var frame = new[] { 0.15, 0.5 }.SelectMany(tau => falw.Select(run => run with { Spec = run.Spec with { Weighting = new ForgettingAwareWeighting(tau) } })).ToDataFrame();
        Assert.Equal([0.15, 0.15, 0.5, 0.5], Assert.IsType<DoubleDataFrameColumn>(frame["τ"]).Select(value => value!.Value));
        Assert.DoesNotContain(frame.Columns, column => column.Name == "γ");
        Assert.Equal(2, frame.Filter("τ", 0.5).Rows.Count);
    }

    [Fact]
    public void A_row_per_class_has_its_name_and_a_row_per_sample_its_probabilities()
    {
        var classes = Two.ToDataFrame(Rows.PerClass);
        Assert.Equal(10 * 20, classes.Rows.Count);
        Assert.Equal("apple", classes["class"][0]);
        Assert.All(classes.Filter("group", "tail")["class"].Cast<string>(), name => Assert.NotEqual("apple", name));
        Assert.Equal(Two[0].UnlearnedClasses[0].ForgetAccuracy - Two[0].RetrainClasses[0].ForgetAccuracy, (double)classes["ΔFA"][0], 9);
        var samples = Two.ToDataFrame(Rows.PerSample);
        Assert.Equal(10 * 1800, samples.Rows.Count);
        Assert.Equal(Two[0].Samples[7].Retrain, samples["p Retrain"][7]);
        Assert.Equal(samples.Rows.Count, samples["last weight"].NullCount);
    }

    [Theory]
    [InlineData(Rows.PerRun)]
    [InlineData(Rows.PerClass)]
    [InlineData(Rows.PerSample)]
    public void No_result_gives_a_frame_without_rows_that_can_be_filtered_shown_and_written(Rows rows)
    {
        var none = Array.Empty<RunResult>().ToDataFrame(rows);
        Assert.Equal(0, none.Filter("method", "FaLW").Rows.Count);
        Assert.Contains("0 rows", (string)none.ToMimeBundle()["text/plain"], StringComparison.Ordinal);
        var again = Written(none);
        Assert.Equal(none.Columns.Select(column => column.Name), again.Columns.Select(column => column.Name));
        Assert.Equal(0, again.Rows.Count);
    }

    [Fact]
    public void A_column_that_is_not_there_is_told_with_those_that_are() =>
        Assert.Contains("there are method, weighting", Assert.Throws<Fault>(() => Two.ToDataFrame().Filter("Method", "RL")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_number_that_is_missing_comes_back_where_its_column_stands_alone()
    {
        using var folder = new TemporaryFolder();
        new DataFrame(new Int32DataFrameColumn("image", new int?[] { 1, null, 7 })).WriteCsv(folder["one.csv"]);
        Assert.Equal([1, null, 7], DataFrames.ReadCsv(folder["one.csv"])["image"].Cast<int?>());
    }

    [Fact]
    public void A_list_of_images_in_a_file_is_a_request_and_what_names_no_image_is_told()
    {
        using var folder = new TemporaryFolder();
        ForgetRule Of(string text)
        {
            File.WriteAllText(folder["list.csv"], text);
            return DataFrames.ReadCsv(folder["list.csv"]).ToForgetRule();
        }

        Assert.Equal(ForgetRule.OfImages(3, 17), Of("who,image\nann,17\nbob,3\nann,17\n"));
        Assert.Equal(ForgetRule.OfImages(3, 17), Of("\"image\"\r\n\"17\"\r\n\"3\"\r\n\r\n\r\n"));
        Assert.Contains("The first line of a file is read as names", Assert.Throws<Fault>(() => Of("17\n3\n")).Message, StringComparison.Ordinal);
        Assert.All((string[])["image\n-1\n", "image\n1.5\n", "image\n9999999999\n", "image,x\n1,1\n,2\n", "image\ncat\n"], text =>
            Assert.Contains("names no image; give whole numbers from 0", Assert.Throws<Fault>(() => Of(text)).Message, StringComparison.Ordinal));
        Assert.Contains("There is no column \"image\"; there are row", Assert.Throws<Fault>(() => Of("row\n1\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_that_no_column_can_keep_stay_text_and_large_ones_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["n.csv"], "a,b,c,d\n9007199254740993,1e400,12345678901234567890,1.5\n9007199254740992,2,3,-Infinity\n");
        var frame = DataFrames.ReadCsv(folder["n.csv"]);
        Assert.Equal(1, frame.Filter("a", 9007199254740993L).Rows.Count);
        Assert.Equal([typeof(long), typeof(string), typeof(string), typeof(double)], frame.Columns.Select(column => column.DataType));
        Assert.Equal(double.NegativeInfinity, frame["d"][1]);
        Assert.Equal(1, frame.Filter("d", 1.5).Rows.Count);
        Assert.Contains("is a folder; name a file", Assert.Throws<Fault>(() => DataFrames.ReadCsv(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_shows_the_first_rows_and_how_many_there_are()
    {
        var html = (string)Two.ToDataFrame(Rows.PerSample).ToMimeBundle()["text/html"];
        Assert.Contains("18000 rows × ", html, StringComparison.Ordinal);
        Assert.Contains("the first 50 are shown", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_in_any_culture()
    {
        using var other = new OtherCulture();
        Same(Two.ToDataFrame(Rows.PerClass), Written(Two.ToDataFrame(Rows.PerClass)));
    }

    [Fact]
    public void Every_frame_comes_back_with_its_types_and_values()
    {
        var rows = Gen.Select(Gen.Int, Gen.Long, Gen.Double, Gen.Bool, HostileText.Any, HostileText.Any, (whole, large, number, flag, word, name) => new DataFrame(
            new Int32DataFrameColumn("whole", [whole, null, 0]), new Int64DataFrameColumn("große, \"Zahl\"\r\n", [large, long.MaxValue, long.MinValue]), new DoubleDataFrameColumn(" number", [number, null, 1e20]),
            new BooleanDataFrameColumn("#flag", [flag, null, true]), new StringDataFrameColumn("=word" + name, [word, null, "7"])));
        rows.Sample(frame => Same(frame, Written(frame)), iter: 300);
    }

    [Fact]
    public void Other_kinds_of_numbers_and_times_come_back_as_what_they_say()
    {
        var again = Written(new DataFrame(new SingleDataFrameColumn("float", [0.1f, 1e10f]), new DecimalDataFrameColumn("decimal", [1.10m, 5m]), new ByteDataFrameColumn("byte", [(byte)7, null]),
            new CharDataFrameColumn("char", ['a', ',']), new DateTimeDataFrameColumn("time", [DateTime.UnixEpoch.AddTicks(1), null])));
        Assert.Equal<object?>([0.1, 1e10, 1.1, 5.0, 7, null, "a", ",", "1970-01-01T00:00:00.0000001Z", null], again.Columns.SelectMany(column => column.Cast<object?>()));
    }

    [Fact]
    public void A_table_with_any_words_is_read_with_its_values() => Gen.Select(HostileText.Any, HostileText.Any).Sample(
        words =>
        {
            var table = new Table(words.Item1, [new FaLW.Figures.Column("name " + words.Item1) { Words = true }, new FaLW.Figures.Column("FA", "%")], [new Row([new Cell(words.Item2), Cell.Of(61.4, 0.5)]), new Row([new Cell("x"), Cell.Of(double.NaN)])]);
            var file = Path.GetTempFileName();
            File.WriteAllText(file, table.ToCsv());
            var read = DataFrames.ReadCsv(file);
            File.Delete(file);
            Assert.Equal([HostileText.AsUtf8("name " + words.Item1), "FA (%)", "FA ±"], read.Columns.Select(column => column.Name));
            Assert.Equal((words.Item2.Length > 0 ? HostileText.AsUtf8(words.Item2) : null, 61.4, null), ((string?)read[0, 0], (double)read[0, 1], read[1, 1]));
        },
        iter: 100);

    [Theory]
    [InlineData("a,a\n1,2\n")]
    [InlineData("a,b\n1\n")]
    [InlineData("a,b\n1,\"2\n")]
    [InlineData("\u00E9,b\n1,2\n")]
    [InlineData("")]
    public void What_is_no_table_is_told_in_a_sentence(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text, Encoding.Latin1);
        Assert.Contains("is no table of comma-separated values", Assert.Throws<Fault>(() => DataFrames.ReadCsv(file)).Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static DataFrame Written(DataFrame frame)
    {
        var file = Path.GetTempFileName();
        frame.WriteCsv(file);
        var (again, bytes) = (DataFrames.ReadCsv(file), File.ReadAllBytes(file));
        again.WriteCsv(file);
        Assert.Equal(bytes, File.ReadAllBytes(file));
        File.Delete(file);
        return again;
    }

    private static void Same(DataFrame expected, DataFrame found)
    {
        Assert.Equal(expected.Columns.Select(column => HostileText.AsUtf8(column.Name)), found.Columns.Select(column => column.Name));
        foreach (var (one, other) in expected.Columns.Zip(found.Columns))
        {
            Assert.Equal(one.Cast<object?>().Select(value => value is string text ? HostileText.AsUtf8(text) : value), other.Cast<object?>());
            if (one.NullCount < one.Length) Assert.Equal(one.DataType, other.DataType);
        }
    }
}
