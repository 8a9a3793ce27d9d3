using FaLW.Tests.Models;
using FaLW.Unlearning;
using static TorchSharp.torch;

namespace FaLW.Tests.Unlearning;

/// <summary>The divergence of teachers and students by hand.</summary>
public sealed class DistillationTests
{
    private static readonly double Ln3 = Math.Log(3);

    /// <summary>Teacher (3/4, 1/4), student (1/2, 1/2): 3/4 ln(3/2) + 1/4 ln(1/2). The other way round is another number.</summary>
    [Fact]
    public void It_is_the_divergence_of_the_student_from_the_teacher()
    {
        Assert.Equal((0.75 * Math.Log(1.5)) + (0.25 * Math.Log(0.5)), Of([Ln3, 0], [0, 0]), 1e-6);
        Assert.Equal((0.5 * Math.Log(0.5 / 0.75)) + (0.5 * Math.Log(0.5 / 0.25)), Of([0, 0], [Ln3, 0]), 1e-6);
        Assert.Equal(0, Of([0.3, -2], [0.3, -2]), 1e-6);
    }

    [Fact]
    public void A_temperature_divides_the_logits() => Assert.Equal(Of([Ln3, 0], [0, 0]), Of([4 * Ln3, 0], [0, 0], temperature: 4), 1e-6);

    /// <summary>Classes that cannot be told apart add nothing: the sum over classes does not shrink with their number.</summary>
    [Fact]
    public void It_is_summed_over_classes() => Assert.Equal(
        Of([Ln3, 0], [0, 0]), Of([Ln3, 0, -80, -80, -80, -80], [0, 0, -80, -80, -80, -80]), 1e-6);

    /// <summary>Its gradient with respect to the student's logits is (student - teacher) / temperature.</summary>
    [Fact]
    public void Its_gradient_is_the_difference_of_the_probabilities()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new[] { 0.2f, -1f, 3f }, [1, 3]).requires_grad_();
        var teacher = tensor(new[] { 1f, 0f, -2f }, [1, 3]);
        Teacher.Divergence(teacher, student, 2).sum().backward();
        var expected = ((student.detach() / 2).softmax(1) - (teacher / 2).softmax(1)) / 2;
        Assert.InRange(Bits.LargestDifference(expected, student.grad!), 0, 1e-6);
    }

    private static double Of(double[] teacher, double[] student, double temperature = 1)
    {
        using var scope = NewDisposeScope();
        return Bits.Numbers(Teacher.Divergence(Row(teacher), Row(student), temperature))[0];
    }

    private static Tensor Row(double[] logits) => tensor(logits, [1, logits.Length]).to_type(float32);
}
