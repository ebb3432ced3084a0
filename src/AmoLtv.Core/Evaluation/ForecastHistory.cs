using AmoLtv.Core.Forecasting.Backtesting;
using AmoLtv.Core.Purchases;
using AmoLtv.Core.Valuation;

namespace AmoLtv.Core.Evaluation;

/// <summary>A customer's history as forecasts see it: days with the revenue of each, all history whatever the account's period.</summary>
public static class ForecastHistory
{
    /// <param name="customer">With its movements.</param>
    /// <param name="margin">Of the account: margins of purchases without a cost are its percent.</param>
    public static CustomerPurchases Of(CustomerHistory customer, MarginRates margin)
    {
        var days = customer.PurchaseDays;
        var (numbers, amounts) = (new int[days.Count], new double[days.Count]);
        var (revenue, earned, returned) = (0m, 0m, 0m);
        var index = -1;
        foreach (var movement in customer.Movements)
        {
            if (movement.Amount < 0)
            {
                returned -= movement.Amount;
                continue;
            }

            index = index < 0 || days[index] != movement.Day ? index + 1 : index;
            numbers[index] = movement.Day.DayNumber;
            amounts[index] += Money.ToDouble(movement.Amount);
            revenue += movement.Amount;
            earned += margin.ValueOf(movement);
        }

        return new CustomerPurchases(numbers, amounts)
        {
            Revenue = Money.ToDouble(revenue),
            Margin = Money.ToDouble(earned),
            Returns = Money.ToDouble(returned),
        };
    }

    /// <summary>The clients' purchases, as learning takes them.</summary>
    public static PurchaseLog LogOf(IEnumerable<CustomerHistory> clients, AccountRates rates) =>
        PurchaseLog.Of(clients.Where(client => client.PurchaseDays.Count > 0).Select(client => Of(client, rates.Margin)), rates.AsOf.DayNumber);
}
