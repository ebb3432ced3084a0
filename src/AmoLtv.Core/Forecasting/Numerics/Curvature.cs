namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>The Hessian of a function at a point, taken apart into directions by Jacobi rotations (Golub and Van Loan, 8.5).</summary>
public sealed class Curvature
{
    private readonly double[] _vectors;

    private Curvature(double[] values, double[] vectors)
    {
        Values = values;
        _vectors = vectors;
    }

    /// <summary>Curvatures along the principal directions, not sorted; a flat direction has one near zero.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Component <paramref name="coordinate"/> of the unit vector of direction <paramref name="direction"/>.</summary>
    public double Component(int coordinate, int direction) => _vectors[coordinate * Values.Count + direction];

    /// <summary>The Hessian by central differences of the gradient, step 1e-4 in each coordinate.</summary>
    public static Curvature At(Objective objective, ReadOnlySpan<double> point)
    {
        const double Step = 1e-4;
        var size = point.Length;
        var shifted = point.ToArray();
        var hessian = new double[size * size];
        var up = new double[size];
        var down = new double[size];
        for (var i = 0; i < size; i++)
        {
            shifted[i] = point[i] + Step;
            objective(shifted, up);
            shifted[i] = point[i] - Step;
            objective(shifted, down);
            shifted[i] = point[i];
            for (var j = 0; j < size; j++)
            {
                var slope = (up[j] - down[j]) / (2 * Step);
                hessian[i * size + j] += slope / 2;
                hessian[j * size + i] += slope / 2;
            }
        }

        return Decompose(hessian, size);
    }

    /// <summary>Eigenvalues and eigenvectors of a symmetric matrix, row by row.</summary>
    /// <param name="matrix">size² finite entries; it is left as it was.</param>
    /// <param name="size">Rows, ≥ 1.</param>
    public static Curvature Decompose(double[] matrix, int size)
    {
        var work = (double[])matrix.Clone();
        var vectors = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            vectors[i * size + i] = 1;
        }

        for (var sweep = 0; sweep < 60; sweep++)
        {
            double rest = 0;
            for (var p = 0; p < size; p++)
            {
                for (var q = p + 1; q < size; q++)
                {
                    rest += Math.Abs(work[p * size + q]);
                    Rotate(work, vectors, size, p, q);
                }
            }

            if (!(rest > 1e-300))
            {
                break;
            }
        }

        return new Curvature([.. Enumerable.Range(0, size).Select(i => work[i * size + i])], vectors);
    }

    private static void Rotate(double[] work, double[] vectors, int size, int p, int q)
    {
        var off = work[p * size + q];
        if (off == 0 || !double.IsFinite(off))
        {
            return;
        }

        var theta = (work[q * size + q] - work[p * size + p]) / (2 * off);
        var tangent = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
        var sine = tangent * cosine;
        for (var i = 0; i < size; i++)
        {
            (work[i * size + p], work[i * size + q]) = Turn(work[i * size + p], work[i * size + q], cosine, sine);
        }

        for (var i = 0; i < size; i++)
        {
            (work[p * size + i], work[q * size + i]) = Turn(work[p * size + i], work[q * size + i], cosine, sine);
            (vectors[i * size + p], vectors[i * size + q]) = Turn(vectors[i * size + p], vectors[i * size + q], cosine, sine);
        }

        work[p * size + q] = 0;
        work[q * size + p] = 0;
    }

    private static (double First, double Second) Turn(double first, double second, double cosine, double sine) =>
        (cosine * first - sine * second, sine * first + cosine * second);
}
