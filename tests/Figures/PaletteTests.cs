namespace FaLW.Tests.Figures;

/// <summary>Colours can be seen on white, and told apart by readers with each kind of colour blindness.</summary>
public sealed class PaletteTests
{
    // Machado, Oliveira and Fernandes 2009, severity 1, in linear RGB; the first leaves colours as they are.
    private static readonly double[][] Views =
    [
        [1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
        [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881],
        [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900],
    ];

    private static readonly Paint[] All = [.. Palette.Series, Palette.Retrain, Palette.Original, Palette.Of("RL, constant as FaLW", 0)];

    [Fact]
    public void Contrast_follows_the_web_guidelines()
    {
        Assert.Equal(21, Paint.Of("000000").Contrast(Palette.Paper), 3);
        Assert.Equal(1, Palette.Paper.Contrast(Palette.Paper), 12);
        Assert.Equal(4.54, Paint.Of("767676").Contrast(Palette.Paper), 2);
    }

    [Fact]
    public void Data_stands_out_from_white_and_text_can_be_read()
    {
        Assert.All(All, paint => Assert.True(paint.Contrast(Palette.Paper) >= 3, $"{paint.Hex}: {paint.Contrast(Palette.Paper):F2}"));
        Assert.All([Palette.Ink, Palette.Muted], paint => Assert.True(paint.Contrast(Palette.Paper) >= 4.5));
    }

    [Fact]
    public void No_two_series_look_alike_to_anyone()
    {
        foreach (var view in Views)
            for (var i = 0; i < All.Length; i++)
                for (var j = 0; j < i; j++)
                    Assert.True(Distance(Lab(All[i], view), Lab(All[j], view)) >= 14, $"{All[i].Hex} and {All[j].Hex}");
    }

    [Fact]
    public void A_method_has_one_colour_in_every_figure_and_the_others_take_what_is_free()
    {
        var figure = Figure.Of("t", new Axis("x"), new Axis("y"), new Line("mine", [0, 1], [0, 1]), new Line("FaLW", [0, 1], [1, 0]));
        var inks = Palette.Inks(figure);
        Assert.Equal(Palette.Of("FaLW", 0), inks(figure.Panels[0].Traces[1]));
        Assert.NotEqual(Palette.Of("FaLW", 0), inks(figure.Panels[0].Traces[0]));
        Assert.Equal(Palette.Retrain, Palette.Of("retrain", 3));
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    private static double[] Lab(Paint paint, double[] view)
    {
        double[] rgb = [Linear(paint.Red), Linear(paint.Green), Linear(paint.Blue)];
        var seen = Enumerable.Range(0, 3).Select(r => Math.Clamp(Enumerable.Range(0, 3).Sum(c => view[3 * r + c] * rgb[c]), 0, 1)).ToArray();
        var x = F((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
        var y = F(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
        var z = F((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }

    private static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;

    private static double Linear(byte channel) => channel / 255.0 <= 0.04045 ? channel / 255.0 / 12.92 : Math.Pow((channel / 255.0 + 0.055) / 1.055, 2.4);
}
