using Microsoft.Data.Analysis;
using Parquet;

namespace FaLW.Tests.Plots;

/// <summary>What other tools read of our results is what the results say.</summary>
public sealed class ExportTests : InFolder
{
    private static readonly RunResult[] Two = [.. SomeResults.Study(2).Select(run => run with { Key = Stage.Unlearned(run.Spec).Key })];

    [Fact]
    public void Three_tables_join_by_key_and_every_column_is_explained()
    {
        var written = Export.Write(home["out"], Two);
        Assert.Equal(written.Order(StringComparer.Ordinal), Directory.GetFiles(home["out"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
        var (runs, classes, samples, about) = (Read("runs.csv"), Read("classes.csv"), Read("samples.csv"), Read(Export.Dictionary));
        Assert.Equal((10L, 10L * 20, 10L * 1800), (runs.Rows.Count, classes.Rows.Count, samples.Rows.Count));
        var keys = runs["key"].Cast<string>().ToHashSet(StringComparer.Ordinal);
        Assert.Equal(Two.Select(run => run.Key).ToHashSet(StringComparer.Ordinal), keys);
        Assert.All([classes, samples], frame => Assert.Equal(keys, frame["key"].Cast<string>().ToHashSet(StringComparer.Ordinal)));
        foreach (var (name, frame) in new[] { ("runs", runs), ("classes", classes), ("samples", samples) })
            Assert.Equal(frame.Columns.Select(column => column.Name), about.Filter("table", name)["column"].Cast<string>());
        Assert.DoesNotContain(about["meaning"].Cast<string?>(), string.IsNullOrWhiteSpace);
    }

    [Fact]
    public async Task Parquet_holds_the_numbers_and_words_of_the_frame_and_null_where_there_is_none()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("name", ["ü, \"x\"\n", null, ""]), new DoubleDataFrameColumn("p", [0.1, null, -1e-300]), new Int32DataFrameColumn("n", [1, null, int.MinValue]));
        frame.WriteParquet(home["x.parquet"]);
        await using var reader = await ParquetReader.CreateAsync(home["x.parquet"], cancellationToken: TestContext.Current.CancellationToken);
        using var rows = reader.OpenRowGroupReader(0);
        var fields = reader.Schema.GetDataFields();
        var (names, numbers, wholes) = (new string?[3], new double?[3], new int?[3]);
        await rows.ReadAsync(fields[0], names.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        await rows.ReadAsync<double>(fields[1], numbers.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        await rows.ReadAsync<int>(fields[2], wholes.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal<IEnumerable<string?>>(["ü, \"x\"\n", null, ""], names);
        Assert.Equal([0.1, null, -1e-300], numbers);
        Assert.Equal([1, null, int.MinValue], wholes);
    }

    [Fact]
    public void The_card_names_studies_methods_with_their_settings_and_where_runs_were_computed()
    {
        var runs = Study.Main.At(Scale.Class, 1, _ => true, _ => true).Select((spec, i) => Two[i % 5] with { Spec = spec, Key = Stage.Unlearned(spec).Key }).ToArray();
        Export.Write(home["out"], runs);
        var card = File.ReadAllText(home["out/methods.md"]);
        Assert.Contains("(study main, scale class)", card, StringComparison.Ordinal);
        Assert.All(["- SalUn: `{", "\"LearningRate\":", "computed ", "Seeds 0."], word => Assert.Contains(word, card, StringComparison.Ordinal));
    }

    [Fact]
    public void A_Retrain_in_the_place_of_a_method_is_a_row_beside_it()
    {
        var runs = SomeResults.WithControl(1);
        Export.Write(home["out"], [.. runs, .. runs.Select(run => run.NoiseFloor()!)]);
        Assert.Equal(2L * runs.Count, Read("runs.csv").Rows.Count);
    }

    [Fact]
    public void Nothing_to_export_and_a_place_that_cannot_be_written_are_sentences_and_leave_nothing()
    {
        Assert.Contains("no result", Assert.Throws<Fault>(() => Export.Write(home["out"], [])).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home["out"]));
        File.WriteAllText(home["file"], "");
        Assert.Contains("cannot be written", Assert.Throws<Fault>(() => Export.Write(home["file"], Two)).Message, StringComparison.Ordinal);
    }

    private DataFrame Read(string name) => DataFrames.ReadCsv(home[$"out/{name}"]);
}
