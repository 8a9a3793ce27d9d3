using System.Text.Json;
using System.Text.Json.Serialization;

namespace FaLW.Data;

/// <summary>
/// An image set in one row: classes, shape, and the mean and deviation that normalise a pixel after it
/// is scaled by 1/255. In JSON it is its name.
/// </summary>
/// <param name="Name">The name in tables and on the command line, e.g. "CIFAR-100".</param>
/// <param name="Classes">Number of classes, labels 0 to this - 1.</param>
/// <param name="Channels">1 (grey) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of pixels.</param>
/// <param name="Width">Columns of pixels.</param>
/// <param name="Mean">Per channel, of pixels in 0..1.</param>
/// <param name="Deviation">Per channel, of pixels in 0..1; positive.</param>
[JsonConverter(typeof(ByName))]
public sealed record Benchmark(
    string Name, int Classes, int Channels, int Height, int Width, ValueList<double> Mean, ValueList<double> Deviation)
{
    // From the sets' own lists; digits are their own names, turned ones say by how much, clockwise.
    private static readonly Dictionary<string, string[]> ClassNames =
        new StreamReader(typeof(Benchmark).Assembly.GetManifestResourceStream("class-names.txt")!).ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(": ")).ToDictionary(line => line[0], line => line[1].Split(", "), StringComparer.Ordinal);

    /// <summary>CIFAR-10 (Krizhevsky 2009), normalised as in the code of SalUn (Fan et al., ICLR 2024).</summary>
    public static Benchmark Cifar10 { get; } = new("CIFAR-10", 10, 3, 32, 32, [0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]);

    /// <summary>The first 4,000 training images of CIFAR-10: 3,200 to train, 800 to test. A sample for trying things, not CIFAR-10.</summary>
    public static Benchmark Cifar10Sample { get; } = Cifar10 with { Name = "CIFAR-10-sample" };

    /// <summary>CIFAR-100 with its 100 fine classes (Krizhevsky 2009), normalised as in the code of SalUn.</summary>
    public static Benchmark Cifar100 { get; } = new("CIFAR-100", 100, 3, 32, 32, [0.5071, 0.4866, 0.4409], [0.2673, 0.2564, 0.2762]);

    /// <summary>Fashion-MNIST (Xiao et al. 2017).</summary>
    public static Benchmark FashionMnist { get; } = new("Fashion-MNIST", 10, 1, 28, 28, [0.2860], [0.3530]);

    /// <summary>MNIST (LeCun et al. 1998).</summary>
    public static Benchmark Mnist { get; } = new("MNIST", 10, 1, 28, 28, [0.1307], [0.3081]);

    /// <summary>Tiny-ImageNet-200 (Stanford CS231n), normalised with ImageNet's numbers as in the code of SalUn; its official validation images are the test part.</summary>
    public static Benchmark TinyImageNet { get; } = new("Tiny-ImageNet", 200, 3, 64, 64, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);

    /// <summary>The 1,797 handwritten digits of UCI Optdigits that travel with this kit.</summary>
    public static Benchmark Digits { get; } = new("Digits", 10, 1, 8, 8, [0.3053], [0.3761]);

    /// <summary>The same digits in 40 classes, digit and quarter turn: the images for teaching, and where others are missing.</summary>
    public static Benchmark TurnedDigits { get; } = Digits with { Name = "Turned-Digits", Classes = 40 };

    /// <summary>Procedural images for tests; see <see cref="DataSpec.Difficulty"/>.</summary>
    public static Benchmark Synthetic { get; } = new("Synthetic", 10, 1, 8, 8, [0.5], [0.25]);

    /// <summary>All image sets this kit knows.</summary>
    public static ValueList<Benchmark> All { get; } =
        [Cifar10, Cifar10Sample, Cifar100, FashionMnist, Mnist, TinyImageNet, Digits, TurnedDigits, Synthetic];

    /// <summary>Bytes of one image.</summary>
    public int Pixels => Channels * Height * Width;

    internal bool NamesClasses => ClassNames.ContainsKey(Name);

    /// <summary>The name of a class as the set's own list gives it ("maple"); "class 17" where there is no list.</summary>
    public string ClassName(int label) => ClassNames.TryGetValue(Name, out var names) && label >= 0 && label < names.Length ? names[label] : Invariant($"class {label}");

    /// <summary>The image set of that name; case, hyphens and blanks do not matter ("cifar100" is CIFAR-100).</summary>
    /// <exception cref="Fault">No set has that name; the sentence names the nearest one.</exception>
    public static Benchmark Named(string name) => All.FirstOrDefault(b => Plain(b.Name) == Plain(name)) ?? throw new Fault(
        $"There is no image set \"{name}\"; did you mean {All.MinBy(b => Nearest.Distance(Plain(b.Name), Plain(name)))!.Name}? Known are {string.Join(", ", All.Select(b => b.Name))}.");

    internal static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    internal sealed class ByName : JsonConverter<Benchmark>
    {
        public override Benchmark Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Named(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Benchmark value, JsonSerializerOptions options)
        {
            // A changed copy under an old name would share a cache key with the original.
            if (Named(value.Name) != value)
                throw new Fault($"This image set is called {value.Name} but differs from the {value.Name} of this kit, so its name would not say what it is; give it to code directly.");
            writer.WriteStringValue(value.Name);
        }
    }
}

/// <summary>Finds the name a user probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate, of at least one, with the fewest edits from what was typed, ignoring case.</summary>
    public static string Of(string typed, IEnumerable<string> candidates) =>
        candidates.MinBy(name => Distance(name.ToLowerInvariant(), typed.ToLowerInvariant()))!;

    /// <summary>Insertions, deletions and replacements that turn one word into the other (Levenshtein 1966).</summary>
    public static int Distance(string from, string to)
    {
        int[] row = [.. Enumerable.Range(0, to.Length + 1)];
        foreach (var letter in from)
        {
            var diagonal = row[0]++;
            for (var i = 1; i < row.Length; i++)
                (diagonal, row[i]) = (row[i], Math.Min(diagonal + (to[i - 1] == letter ? 0 : 1), Math.Min(row[i], row[i - 1]) + 1));
        }

        return row[^1];
    }
}
