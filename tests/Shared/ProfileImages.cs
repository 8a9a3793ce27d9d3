using MathNet.Numerics.Distributions;

namespace FaLW.Tests.Shared;

/// <summary>Six classes of 40 unseen images whose log-odds are normal around 2, the spread growing with the class; those to forget lie higher.</summary>
internal static class ProfileImages
{
    public static ProfileView View() => Trial().Original;

    public static ProfileTrial Trial() => new(
        ProfileStudy.At(Scale.Small), Images(_ => 40, shift: 0), Images(label => 30 - 5 * label, shift: 2), [30, 25, 20, 15, 10, 5],
        [
            new Renewal(0.1, 1, 0, 1000, 500, 0, 0), new Renewal(0.1, 5, 0, 200, 500, 0.05, 0.1), new Renewal(0.1, 1, 16, 160, 500, 0.02, 0.04),
            new Renewal(0.01, 1, 0, 1000, 500, 0, 0), new Renewal(0.01, 5, 0, 200, 500, 0.01, 0.02), new Renewal(0.01, 1, 16, 160, 500, 0.004, 0.01),
        ],
        new Provenance("0.0.0+0", "0", "cpu", "none", 1, "none", "none", "2000-01-01T00:00:00Z"));

    private static ValueList<ProfileSample> Images(Func<int, int> count, double shift) =>
    [
        .. from label in Enumerable.Range(0, 6)
           from i in Enumerable.Range(0, count(label))
           let odds = Math.Round(Normal.InvCDF(2, 1 + label / 2.0, (i + 0.5) / count(label)), 4)
           select new ProfileSample(100 * label + i, label, odds + shift, odds),
    ];
}
