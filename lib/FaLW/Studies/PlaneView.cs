using FaLW.Data;

namespace FaLW.Studies;

/// <summary>One point of the plane under a model.</summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="Class">Its class.</param>
/// <param name="IsForget">Whether it is to be forgotten.</param>
/// <param name="Weight">Its weight under the forgetting-aware weighting; 1 for a retained point.</param>
public sealed record PlanePoint(double X, double Y, int Class, bool IsForget, double Weight);

/// <summary>What a model makes of the plane: plain numbers to draw.</summary>
/// <param name="Title">The model's name.</param>
/// <param name="X">Places of the grid along x, ascending.</param>
/// <param name="Y">Places of the grid along y, ascending.</param>
/// <param name="Probability">Row by row from the lowest y: probability of class 1, 0 to 1.</param>
/// <param name="Points">The training points.</param>
public sealed record PlaneView(
    string Title, ValueList<double> X, ValueList<double> Y, ValueList<double> Probability, ValueList<PlanePoint> Points)
{
    /// <summary>Accuracy on the points to forget, in percent.</summary>
    public double ForgetAccuracy { get; init; }

    /// <summary>Accuracy on the retained points, in percent.</summary>
    public double RetainAccuracy { get; init; }

    /// <summary>Accuracy on the test points, in percent.</summary>
    public double TestAccuracy { get; init; }

    /// <summary>Mean probability of the true class on the unseen points, 0 to 1.</summary>
    public double UnseenProbability { get; init; }
}
