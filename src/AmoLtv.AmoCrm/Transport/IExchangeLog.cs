namespace AmoLtv.AmoCrm.Transport;

/// <summary>Takes every attempt at a call; implemented where the log is kept. Never waits and never fails.</summary>
public interface IExchangeLog
{
    void Add(CrmExchange exchange);
}
