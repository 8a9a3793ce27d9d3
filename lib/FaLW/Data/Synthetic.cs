namespace FaLW.Data;

/// <summary>
/// Procedural 8x8 images for tests and first steps: every class has a prototype of 4x4 light or dark
/// cells, every image is its prototype plus pixel noise. The noise is what a network can memorise; the
/// difficulty fades the prototype, so that unseen images are confused. The images are always the same
/// for one difficulty, as if they came from a file. 100 images a class to train, 40 to test.
/// </summary>
/// <param name="difficulty">0 (prototypes stand out) to 1 (prototypes gone, unseen images are guesswork).</param>
public sealed class Synthetic(double difficulty = 0.5) : ImageForm(Benchmark.Synthetic, "procedural", [], [])
{
    private const int TrainPerClass = 100, TestPerClass = 40, Cell = 2, Grid = 4;
    private const double Contrast = 36, Noise = 48;

    /// <summary>Draws the images; rows go round the classes (0, 1, ..., 9, 0, 1, ...).</summary>
    /// <param name="folder">Not used; there are no files.</param>
    public override RawImages Read(string folder)
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

    private byte[] Image(bool[] prototype, SeededStream stream)
    {
        var image = new byte[Benchmark.Pixels];
        for (var i = 0; i < image.Length; i++)
        {
            var light = prototype[i / Benchmark.Width / Cell * Grid + i % Benchmark.Width / Cell];
            var signal = (1 - difficulty) * (light ? Contrast : -Contrast);
            image[i] = (byte)Math.Clamp(Math.Round(128 + signal + Noise * NearlyNormal(stream)), 0, 255);
        }

        return image;
    }

    // Twelve uniform draws instead of a logarithm and a cosine, whose last bit may differ between machines.
    private static double NearlyNormal(SeededStream stream)
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += stream.Unit();
        return sum;
    }
}
