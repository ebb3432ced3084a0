using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Forecasting.Customers;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Settings;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>Values customers, each with its forecast, by what is known of their account. Deterministic.</summary>
public sealed class BaseValuer
{
    private readonly AccountSettings _settings;
    private readonly AccountRates _rates;
    private readonly CustomerForecasting? _forecasting;
    private readonly CustomerValuer _valuer;
    private readonly int _windowDays;

    /// <param name="settings">The account's.</param>
    /// <param name="rates">Of the as-of date.</param>
    /// <param name="parameters">What was learned from its purchases; null where it has no forecast.</param>
    public BaseValuer(AccountSettings settings, AccountRates rates, ForecastParameters? parameters)
    {
        (_settings, _rates) = (settings, rates);
        _valuer = new CustomerValuer(settings, rates);
        if (parameters is not null)
        {
            _forecasting = new CustomerForecasting(
                parameters, rates.AsOf.DayNumber, settings.HorizonMonths, (double)settings.DiscountPercent, rates.Margin.Basis);
            _windowDays = parameters.NeedsWindow ? parameters.HorizonDays : 0;
        }
    }

    /// <summary>How far the forecasts reach; null without one.</summary>
    public ForecastHorizon? Horizon => _forecasting?.Horizon;

    /// <summary>Values customers in parallel.</summary>
    /// <returns>One for each, in the order of <paramref name="histories"/>.</returns>
    public CustomerValuation[] ValueAll(IReadOnlyList<CustomerHistory> histories)
    {
        var predictions = PredictAll(histories);
        var valuations = new CustomerValuation[histories.Count];
        Parallel.For(0, histories.Count, index => valuations[index] = _valuer.Value(histories[index], predictions[index]));
        return valuations;
    }

    /// <summary>The headline of a customer, forecast only where the headline asks for it.</summary>
    public decimal? LtvOf(CustomerHistory history) => _valuer.Value(history, _settings.Headline == HeadlineKind.Total ? Predict(history) : null).Ltv;

    private CustomerPrediction?[] PredictAll(IReadOnlyList<CustomerHistory> histories)
    {
        var predictions = new CustomerPrediction?[histories.Count];
        if (_forecasting is null)
        {
            return predictions;
        }

        var bought = Enumerable.Range(0, histories.Count).Where(index => histories[index].LastPurchase is not null).ToArray();
        var subjects = new ForecastSubject[bought.Length];
        Parallel.For(0, bought.Length, index => subjects[index] = SubjectOf(histories[bought[index]]));
        var forecasts = new ClientForecast[bought.Length];
        _forecasting.ForecastAll(subjects, forecasts);
        Parallel.For(0, bought.Length, index => predictions[bought[index]] = CustomerPrediction.Of(forecasts[index]));
        return predictions;
    }

    private CustomerPrediction? Predict(CustomerHistory history) =>
        _forecasting is not null && history.LastPurchase is not null ? CustomerPrediction.Of(_forecasting.Forecast(SubjectOf(history))) : null;

    private ForecastSubject SubjectOf(CustomerHistory history)
    {
        var asOf = Math.Max(_rates.AsOf.DayNumber, history.LastPurchase!.Value.DayNumber);
        return ForecastHistory.Of(history, _rates.Margin).Subject(asOf, _windowDays) with
        {
            IsLost = Relationship.Of(history, _rates.Gap, _rates.AsOf) is { IsLost: true },
        };
    }
}
