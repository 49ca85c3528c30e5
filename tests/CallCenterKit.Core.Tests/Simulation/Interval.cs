namespace CallCenterKit.Core.Tests.Simulation;

/// <summary>A measured mean and how far, at 99.9 %, the true one may be from it.</summary>
internal readonly record struct Interval(double Mean, double HalfWidth)
{
    /// <summary>How many batches and controls <see cref="Of"/> wants: they leave 100 degrees of freedom.</summary>
    public const int Batches = 105, Controls = 4;

    /// <summary>Student's t, two-sided 99.9 %, for 100 degrees of freedom.</summary>
    private const double Quantile = 3.3905;

    /// <summary>
    /// From the means of batches that are long enough to count as independent. The controls are figures of the same batches
    /// that have mean zero for certain: what the figure owes to their chance deviations is taken off by linear regression,
    /// and the mean is where the regression meets zero.
    /// </summary>
    public static Interval Of(IReadOnlyList<double> batches, IReadOnlyList<double[]> controls)
    {
        Assert.Equal(Batches, batches.Count);
        Assert.All(controls, row => Assert.Equal(Controls, row.Length));
        double[][] rows = [.. controls.Select(row => (double[])[1, .. row])];

        // The normal equations; the last column on the right leads to the first row of the inverse, and so to the error of the mean.
        var equations = new double[Controls + 1][];
        for (var i = 0; i <= Controls; i++)
        {
            var column = i;
            equations[i] =
            [
                .. Enumerable.Range(0, Controls + 1).Select(j => rows.Sum(row => row[column] * row[j])),
                rows.Zip(batches, (row, batch) => row[column] * batch).Sum(),
                i == 0 ? 1 : 0,
            ];
        }
        Solve(equations);
        var coefficients = equations.Select(equation => equation[Controls + 1]).ToArray();
        var residues = rows.Zip(batches, (row, batch) => batch - row.Zip(coefficients, (x, y) => x * y).Sum());
        var variance = residues.Sum(residue => residue * residue) / (Batches - Controls - 1);
        return new(coefficients[0], Quantile * Math.Sqrt(variance * equations[0][Controls + 2]));
    }

    public bool Contains(double value) => Math.Abs(value - Mean) <= HalfWidth;

    /// <summary>Gauss and Jordan; a matrix of squares needs no pivot.</summary>
    private static void Solve(double[][] equations)
    {
        for (var pivot = 0; pivot < equations.Length; pivot++)
        {
            var scale = equations[pivot][pivot];
            equations[pivot] = [.. equations[pivot].Select(value => value / scale)];
            for (var other = 0; other < equations.Length; other++)
            {
                var factor = equations[other][pivot];
                if (other != pivot)
                    equations[other] = [.. equations[other].Zip(equations[pivot], (value, taken) => value - factor * taken)];
            }
        }
    }
}
