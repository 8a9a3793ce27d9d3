using System.Globalization;
using System.IO.Compression;
using CsvHelper;

namespace FaLW.Data;

/// <summary>
/// What the columns of a published table mean, all in order and separated by blanks, and how a person's line becomes features. The column of the group is no
/// feature, nor is what is left out: weights of the sample, a word for a number that is there too. The outcome is what label 1 says; a label is told by the
/// words for 1 and 0, a group by how the words for 0 and 1 begin.
/// </summary>
internal sealed record TableForm(
    string Name, string Outcome, ValueList<string> GroupNames, string Columns, string Numbers, string LeftOut, (string Column, string One, string Zero) Label, (string Column, string Zero, string One) Group)
{
    public static TableForm GermanCredit { get; } = new(
        "German Credit", "good credit", ["women", "men"],
        "checking_status duration credit_history purpose credit_amount savings_status employment installment_commitment personal_status other_parties residence_since "
            + "property_magnitude age other_payment_plans housing existing_credits job num_dependents own_telephone foreign_worker class",
        "duration credit_amount installment_commitment residence_since age existing_credits num_dependents", "", ("class", "good", "bad"), ("personal_status", "female", "male"));

    public static TableForm Adult { get; } = new(
        "Adult", "income above 50,000 dollars", ["women", "men"],
        "age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain capital-loss hours-per-week native-country income",
        "age education-num capital-gain capital-loss hours-per-week", "fnlwgt education", ("income", ">50K", "<=50K"), ("sex", "Female", "Male"));

    private static CsvReaderOptions Written => CsvReaderOptions.Default with { Separator = ',', HasHeader = false, Quote = '\'', CommentPrefix = '|', TrimWhitespace = true, AllowLineBreaksInQuotes = false, FieldCountMismatch = CsvFieldCountHandling.Allow };

    // Asked for every cell.
    private string[] All { get; } = Columns.Split(' ');

    /// <summary>Reads a table without headings: a comment line, blanks around cells, single quotes, any line ends and a full stop behind a label are no matter.</summary>
    /// <exception cref="Fault">A line has too few or too many cells, or a cell is not what its column holds.</exception>
    public TabularSet Read(TextReader train, TextReader? test = null)
    {
        var known = Lines(train, 0);
        string[][] lines = test is null ? known : [.. known, .. Lines(test, known.Length)];
        string[] numbers = Numbers.Split(' '), words = [.. All.Except(numbers).Except(LeftOut.Split(' ')).Except([Label.Column, Group.Column])];
        var categories = words.ToDictionary(word => word, word => known.Select(line => line[At(word)]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        double[] Features(string[] line, int row) => [.. numbers.Select(column => Number(line, row, column)), .. words.SelectMany(word => OneHot(line, row, word, categories[word]))];
        return new TabularSet(
            this, [.. numbers, .. words.SelectMany(word => categories[word].Select(category => $"{word}={category}"))], numbers.Length, [.. lines.Select(Features)],
            [.. lines.Select((line, row) => line[At(Label.Column)].TrimEnd('.') is var word && (word == Label.One || (word == Label.Zero ? false : throw Odd(word, row, Label.Column, $"{Label.One} or {Label.Zero}"))))],
            [.. lines.Select(GroupOf)], known.Length);
    }

    private string[][] Lines(TextReader text, int before)
    {
        using var reader = CsvReader.Create(text, Written);
        List<string[]> lines = [];
        while (reader.Read())
        {
            string[] line = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
            if (line.Length != All.Length)
                throw new Fault(Invariant($"Row {before + lines.Count + 1} of {Name} has {line.Length} cells but there are {All.Length} columns; take the official file."));
            lines.Add(line);
        }

        return [.. lines];
    }

    private int At(string column) => Array.IndexOf(All, column);

    private double Number(string[] line, int row, string column) =>
        double.TryParse(line[At(column)], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Odd(line[At(column)], row, column, "a number");

    private IEnumerable<double> OneHot(string[] line, int row, string column, string[] categories) => Array.IndexOf(categories, line[At(column)]) is var place and >= 0
        ? categories.Select((_, k) => k == place ? 1.0 : 0) : throw Odd(line[At(column)], row, column, "a word that the part to train on has too");

    private int GroupOf(string[] line, int row) => line[At(Group.Column)] is var word && word.StartsWith(Group.One, StringComparison.Ordinal) ? 1
        : word.StartsWith(Group.Zero, StringComparison.Ordinal) ? 0 : throw Odd(word, row, Group.Column, $"{Group.Zero} or {Group.One}");

    private Fault Odd(string found, int row, string column, string expected) =>
        new(Invariant($"Row {row + 1} of {Name} says '{found}' in column {column}, where {expected} is expected; correct the cell, or take the official file."));
}

/// <summary>The two files of Adult as UCI publishes them.</summary>
public static class AdultFiles
{
    /// <summary>The table's name.</summary>
    public const string Name = "Adult";

    private const string Site = "https://archive.ics.uci.edu/ml/machine-learning-databases/adult/", Place = "adult";

    private static readonly DataFile[] Official =
    [
        new("adult.data", 3_974_305, "sha256:5b00264637dbfec36bdeaab5676b0b309ff9eb788d63554ca0a249491c86603d", Site + "adult.data"),
        new("adult.test", 2_003_153, "sha256:a2a9044bc167a35b2361efbabec64e89d69ce82d9790d2980119aac5fd7e9c05", Site + "adult.test"),
    ];

    /// <summary>The folder that holds both files, plain or gzipped; null where there is none.</summary>
    public static string? Find(DataShelf shelf) => shelf.Folders.SelectMany(folder => (string[])[Path.Combine(folder, Place), folder]).FirstOrDefault(folder => Official.All(file => PathOf(folder, file) is not null));

    /// <summary>That Adult is not here, where it was looked for, and what to do.</summary>
    public static string Lack(DataShelf shelf) =>
        $"Adult was not found; looked for adult.data and adult.test in {string.Join(", ", shelf.Folders)}. Run `falw data fetch Adult`, or set {DataShelf.Variable} to the folder that holds them.";

    /// <summary>Compares both files, unpacked, with their published checksums.</summary>
    /// <exception cref="Fault">They are not here.</exception>
    public static ValueList<FileCheck> Verify(DataShelf shelf) => [.. Official.Select((file, part) => DataShelf.Check(file.Name, "checksum holds", () => Text(shelf, part)))];

    /// <summary>Fetches both from UCI: resumes what was begun, checks what came, keeps it only when whole.</summary>
    /// <exception cref="Fault">No network, an unwilling site, a wrong checksum, a folder that cannot be written.</exception>
    public static Task Fetch(DataShelf shelf, IProgress<FetchProgress>? progress = null, CancellationToken cancellation = default) => shelf.FetchFiles(Official, Place, progress, cancellation);

    // The content of file 0 or 1. Line ends of another system are taken back before it is compared.
    internal static string Text(DataShelf shelf, int part)
    {
        var (file, folder) = (Official[part], Find(shelf) ?? throw new Fault(Lack(shelf)));
        var path = PathOf(folder, file)!;
        try
        {
            using var stored = new DataFile(Path.GetFileName(path)).Open(Path.GetDirectoryName(path)!);
            using Stream content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(stored, CompressionMode.Decompress) : stored;
            using var text = new StreamReader(content, System.Text.Encoding.Latin1);
            var lines = text.ReadToEnd().ReplaceLineEndings("\n");
            using var bytes = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(lines));
            return DataFile.DigestOf(bytes, file.Digest) is var found && found == file.Digest ? lines : throw FileFault.Digest(path, file.Digest!, found);
        }
        catch (InvalidDataException broken)
        {
            throw FileFault.Corrupt(path, "gzip", broken);
        }
        catch (IOException broken)
        {
            throw FileFault.Unreadable(path, broken);
        }
    }

    private static string? PathOf(string folder, DataFile file) => new[] { "", ".gz" }.Select(end => Path.Combine(folder, file.Name + end)).FirstOrDefault(File.Exists);
}
