using CallCenterKit.Contacts;
using CallCenterKit.DialPlans;
using CallCenterKit.Ivr;
using CallCenterKit.Model;

namespace CallCenterKit.Hosting;

/// <summary>What can change while the center runs, all of it checked. Never changes itself; a change is a new one.</summary>
/// <param name="Model">Agents and queues.</param>
/// <param name="DialPlan">Where numbers lead.</param>
/// <param name="Flows">What answers them.</param>
/// <param name="Logins">By which codes agents log in.</param>
/// <param name="Numbers">How callers' numbers are written.</param>
internal sealed record CenterSetup(CallCenterModel Model, DialPlan DialPlan, IFlowCatalog Flows, AgentCodes Logins, NumberPlan Numbers);
