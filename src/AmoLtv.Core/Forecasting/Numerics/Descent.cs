namespace AmoLtv.Core.Forecasting.Numerics;

/// <summary>The working state of one descent: point, gradient, inverse curvature, trial point.</summary>
internal sealed class Descent(int size, double lower, double upper)
{
    private readonly double[] _direction = new double[size];
    private readonly double[] _inverse = new double[size * size];
    private readonly double[] _change = new double[size];
    private readonly bool[] _isFree = new bool[size];

    public double[] Point { get; } = new double[size];

    public double[] Gradient { get; } = new double[size];

    public double Value { get; set; }

    public double[] Trial { get; } = new double[size];

    public double[] TrialGradient { get; } = new double[size];

    public double TrialValue { get; set; }

    /// <summary>True where no curvature has been learned: a failed step cannot be saved by forgetting it.</summary>
    public bool IsSteepest { get; private set; } = true;

    public bool IsFinite => double.IsFinite(Value) && AllFinite(Gradient);

    public bool IsTrialFinite => double.IsFinite(TrialValue) && AllFinite(TrialGradient);

    public void Reset() => IsSteepest = true;

    /// <summary>Largest component of the gradient that does not push against a bound.</summary>
    public double FreeGradient()
    {
        double largest = 0;
        for (var i = 0; i < size; i++)
        {
            _isFree[i] = !((Point[i] <= lower && Gradient[i] > 0) || (Point[i] >= upper && Gradient[i] < 0));
            largest = _isFree[i] ? Math.Max(largest, Math.Abs(Gradient[i])) : largest;
        }

        return largest;
    }

    /// <summary>Sets the direction and returns the slope along it.</summary>
    public double Aim()
    {
        var slope = IsSteepest ? AimSteepest() : AimByCurvature();
        if (slope >= 0 && !IsSteepest)
        {
            IsSteepest = true;
            slope = AimSteepest();
        }

        return slope;
    }

    public double LongestMove() => _direction.Max(Math.Abs);

    public void Try(double length)
    {
        for (var i = 0; i < size; i++)
        {
            Trial[i] = Math.Clamp(Point[i] + length * _direction[i], lower, upper);
        }
    }

    /// <summary>Gradient times the move actually made, after the bounds.</summary>
    public double TrialSlope()
    {
        double slope = 0;
        for (var i = 0; i < size; i++)
        {
            slope += Gradient[i] * (Trial[i] - Point[i]);
        }

        return slope;
    }

    public void Accept()
    {
        Learn();
        Trial.CopyTo(Point, 0);
        TrialGradient.CopyTo(Gradient, 0);
        Value = TrialValue;
    }

    private double AimSteepest()
    {
        double norm = 0;
        double slope = 0;
        for (var i = 0; i < size; i++)
        {
            _direction[i] = _isFree[i] ? -Gradient[i] : 0;
            norm = Math.Max(norm, Math.Abs(_direction[i]));
        }

        for (var i = 0; i < size; i++)
        {
            _direction[i] *= 0.5 / Math.Max(norm, 1e-300);
            slope += _direction[i] * Gradient[i];
        }

        return slope;
    }

    private double AimByCurvature()
    {
        double slope = 0;
        for (var i = 0; i < size; i++)
        {
            _direction[i] = 0;
            for (var j = 0; _isFree[i] && j < size; j++)
            {
                _direction[i] -= _isFree[j] ? _inverse[i * size + j] * Gradient[j] : 0;
            }

            slope += _direction[i] * Gradient[i];
        }

        return slope;
    }

    private void Learn()
    {
        double curvature = 0;
        double gradientChange = 0;
        for (var i = 0; i < size; i++)
        {
            var s = Trial[i] - Point[i];
            var y = TrialGradient[i] - Gradient[i];
            curvature += s * y;
            gradientChange += y * y;
        }

        if (!(curvature > 1e-12 * gradientChange) || !(curvature > 1e-300))
        {
            return;
        }

        if (IsSteepest)
        {
            Array.Clear(_inverse);
            for (var i = 0; i < size; i++)
            {
                _inverse[i * size + i] = curvature / gradientChange;
            }

            IsSteepest = false;
        }

        Update(curvature);
    }

    // The BFGS update of the inverse: H += (1 + y'Hy / s'y) ss' / s'y - (Hys' + sy'H) / s'y.
    private void Update(double curvature)
    {
        double quadratic = 0;
        for (var i = 0; i < size; i++)
        {
            _change[i] = 0;
            for (var j = 0; j < size; j++)
            {
                _change[i] += _inverse[i * size + j] * (TrialGradient[j] - Gradient[j]);
            }

            quadratic += _change[i] * (TrialGradient[i] - Gradient[i]);
        }

        var scale = (1 + quadratic / curvature) / curvature;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var si = Trial[i] - Point[i];
                var sj = Trial[j] - Point[j];
                _inverse[i * size + j] += scale * si * sj - (_change[i] * sj + si * _change[j]) / curvature;
            }
        }
    }

    private static bool AllFinite(double[] values) => Array.TrueForAll(values, double.IsFinite);
}
