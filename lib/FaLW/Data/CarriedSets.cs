using System.Globalization;
using System.IO.Compression;

namespace FaLW.Data;

/// <summary>
/// The 1,797 handwritten digits of UCI Optdigits (Alpaydin and Kaynak 1998, CC BY 4.0), inside the
/// assembly and therefore always there. Of every class each fifth image (the 5th, 10th, ... in file
/// order) is the test part: 1,442 to train, 355 to test. Writers appear in both parts.
/// </summary>
internal sealed class Digits() : ImageForm(Benchmark.Digits, "embedded", [], [])
{
    private const int Count = 1797;

    internal override RawImages Read(string folder)
    {
        using var text = new StreamReader(new GZipStream(typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")!, CompressionMode.Decompress));
        int[][] rows = [.. text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',').Select(Number).ToArray())];
        if (rows.Length != Count || rows.Any(row => row.Length != Benchmark.Pixels + 1))
            throw new Fault($"The embedded digits are not the {Count} of UCI Optdigits; build the kit again from an unchanged data/digits folder.");
        var seen = new int[Benchmark.Classes];
        var parts = rows.ToLookup(row => ++seen[row[^1]] % 5 != 0);
        int[][] ordered = [.. parts[true], .. parts[false]];

        // Ink goes from 0 to 16; as a byte it goes from 0 to 255.
        byte[] pixels = [.. ordered.SelectMany(row => row[..^1]).Select(ink => (byte)((ink * 255 + 8) / 16))];
        return new RawImages(Benchmark, pixels, [.. ordered.Select(row => row[^1])], parts[true].Count());
    }

    private static int Number(string text) => (int)double.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>
/// The same 1,797 digits, each turned by no, one, two or three quarters, round and round in file order: 40 classes, digit and turn,
/// of 35 to 37 images to train and 8 or 9 to test. A zero or an eight looks alike however it is turned and a nine is a six upside down, so
/// the turn of such an image must be learned by heart: there is something to forget, as there is not with upright digits. No image is
/// in the set twice, and no pixel is changed.
/// </summary>
internal sealed class TurnedDigits() : ImageForm(Benchmark.TurnedDigits, "embedded", [], [])
{
    private const int Turns = 4;

    internal override RawImages Read(string folder)
    {
        var upright = new Digits().Read(folder);
        var seen = new int[Benchmark.Classes / Turns];
        int[] turns = [.. upright.Labels.Select(digit => seen[digit]++ % Turns)];
        byte[] pixels = [.. turns.SelectMany((turn, row) => Turned(upright.Pixels[(row * Benchmark.Pixels)..((row + 1) * Benchmark.Pixels)], turn))];
        return new RawImages(Benchmark, pixels, [.. turns.Select((turn, row) => Turns * upright.Labels[row] + turn)], upright.TrainCount);
    }

    private byte[] Turned(byte[] image, int turn)
    {
        var side = Benchmark.Width;
        return turn == 0 ? image : Turned([.. image.Select((_, i) => image[(side - 1 - i % side) * side + i / side])], turn - 1);
    }
}

/// <summary>
/// Procedural 8x8 images for tests and first steps: every class has a prototype of 4x4 light or dark
/// cells, every image is its prototype plus pixel noise. The noise is what a network can memorise; the
/// difficulty (0 to 1) fades the prototype, so that unseen images are confused. The images are always the same
/// for one difficulty, as if they came from a file. 100 images a class to train, 40 to test; rows go round the classes.
/// </summary>
internal sealed class Synthetic(double difficulty = 0.5) : ImageForm(Benchmark.Synthetic, "procedural", [], [])
{
    private const int TrainPerClass = 100, TestPerClass = 40, Cell = 2, Grid = 4;
    private const double Contrast = 36, Noise = 48;

    internal override RawImages Read(string folder)
    {
        bool[][] prototypes = [.. Enumerable.Range(0, Benchmark.Classes).Select(Prototype)];
        var stream = new SeededStream(0, "synthetic images");
        int[] labels = [.. Enumerable.Range(0, Benchmark.Classes * (TrainPerClass + TestPerClass)).Select(row => row % Benchmark.Classes)];
        byte[] pixels = [.. labels.SelectMany(label => Image(prototypes[label], stream))];
        return new RawImages(Benchmark, pixels, labels, Benchmark.Classes * TrainPerClass);
    }

    private static bool[] Prototype(int label)
    {
        var stream = new SeededStream(label, "synthetic prototype");
        return [.. Enumerable.Range(0, Grid * Grid).Select(_ => stream.Below(2) == 1)];
    }

    private IEnumerable<byte> Image(bool[] prototype, SeededStream stream) => Enumerable.Range(0, Benchmark.Pixels).Select(i =>
    {
        var light = prototype[i / Benchmark.Width / Cell * Grid + i % Benchmark.Width / Cell];
        var signal = (1 - difficulty) * (light ? Contrast : -Contrast);
        return (byte)Math.Clamp(Math.Round(128 + signal + Noise * NearlyNormal(stream)), 0, 255);
    });

    // Twelve uniform draws instead of a logarithm and a cosine, whose last bit may differ between machines.
    private static double NearlyNormal(SeededStream stream) => Enumerable.Range(0, 12).Aggregate(-6.0, (sum, _) => sum + stream.Unit());
}
