namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>Linear equations with a symmetric positive definite matrix, as least squares give them, by Cholesky's decomposition (Golub and Van Loan, 4.2).</summary>
internal static class NormalEquations
{
    /// <summary>The x with <paramref name="matrix"/> · x = <paramref name="target"/>; null where the matrix is not positive definite or x not finite.</summary>
    /// <param name="matrix">Row by row, of target's length squared; it is taken apart in place.</param>
    /// <param name="target">The right side; it is left as it was.</param>
    public static double[]? Solve(double[] matrix, ReadOnlySpan<double> target)
    {
        var size = target.Length;
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, size * size, nameof(matrix));
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k <= i; k++)
            {
                var rest = matrix[i * size + k];
                for (var j = 0; j < k; j++)
                {
                    rest -= matrix[i * size + j] * matrix[k * size + j];
                }

                matrix[i * size + k] = i == k ? Math.Sqrt(rest) : rest / matrix[k * size + k];
            }

            if (!(matrix[i * size + i] > 0))
            {
                return null;
            }
        }

        var solution = target.ToArray();
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                solution[i] -= matrix[i * size + j] * solution[j];
            }

            solution[i] /= matrix[i * size + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < size; j++)
            {
                solution[i] -= matrix[j * size + i] * solution[j];
            }

            solution[i] /= matrix[i * size + i];
        }

        return Array.TrueForAll(solution, double.IsFinite) ? solution : null;
    }
}
