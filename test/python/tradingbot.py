"""Trading Bot in Python, on its generated module: it plays what happened at an exchange, one JSON object a line on stdin.

It keeps its own books. What happened says only what an exchange says: fills, failures and the account.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional

from prometheus_client import CollectorRegistry, generate_latest

from tradingbot_metrics import (
    ApiErrorFields,
    OrderFailedFields,
    OrderFilledFields,
    OrderPlacedFields,
    SignalGeneratedFields,
    TradingbotLog,
    TradingbotMetrics,
)

FEE = 0.0001
SYMBOLS = ("BTCUSDT", "ETHUSDT", "SOLUSDT")


@dataclass(frozen=True)
class Position:
    """A position; its size in coins is negative if it is short."""

    size: float
    entry: float


class Recorder:
    """What each line changes in the metrics, in the call that writes it."""

    def __init__(self, metrics: TradingbotMetrics) -> None:
        self._metrics = metrics

    def signal(self, fields: SignalGeneratedFields) -> None:
        self._metrics.signals_total.labels(symbol=fields["symbol"]).inc()

    def placed(self, fields: OrderPlacedFields) -> None:
        self._metrics.orders_placed_total.labels(symbol=fields["symbol"], side=fields["side"]).inc()

    def filled(self, fields: OrderFilledFields) -> None:
        symbol, side = fields["symbol"], fields["side"]
        self._metrics.orders_total.labels(symbol=symbol, side=side).inc()
        self._metrics.order_latency_ms.labels(symbol=symbol).observe(fields["latency_ms"])
        self._metrics.slippage_bps.labels(symbol=symbol, side=side).observe(fields["slippage_bps"])

    def failed(self, fields: OrderFailedFields) -> None:
        self._metrics.orders_failed_total.labels(symbol=fields["symbol"], reason=fields["reason"]).inc()

    def api_error(self, fields: ApiErrorFields) -> None:
        self._metrics.api_errors_total.labels(endpoint=fields["endpoint"], kind=fields["kind"]).inc()


class Bot:
    """Writes what happens to the log, and keeps the books."""

    def __init__(self, metrics: TradingbotMetrics, log: TradingbotLog) -> None:
        self._metrics = metrics
        self._events = log.events
        self._orders: Dict[str, Mapping[str, Any]] = {}
        self._positions: Dict[str, Position] = {}
        self._peak: Optional[float] = None
        metrics.expect(symbol=SYMBOLS)
        metrics.open_orders.set_function(lambda: len(self._orders))
        metrics.unresolved_orders.set(0)
        metrics.api_key_valid.set(1)
        metrics.reconciliation_differences.labels(difference="position").set(0)
        metrics.reconciliation_differences.labels(difference="balance").set(0)
        metrics.reconciliation_differences.labels(difference="open_order").set(0)
        metrics.reconciliation_differences.labels(difference="orphan").set(0)
        metrics.heartbeat_age.set(0)

    def play(self, happening: Mapping[str, Any]) -> None:
        """Plays one happening; the key `what` names the method."""
        fields = dict(happening)
        getattr(self, fields.pop("what"))(**fields)

    def signal(self, **fields: Any) -> None:
        self._events.signal_generated(**fields)

    def order(self, **fields: Any) -> None:
        self._orders[fields["order_id"]] = fields
        self._events.order_placed(**fields)

    def fill(self, order_id: str, price: float, latency_ms: float, balance: Optional[float] = None) -> None:
        order = self._orders.pop(order_id)
        symbol, side, amount = order["symbol"], order["side"], order["amount"]
        sign = 1 if side == "buy" else -1
        slippage = round(sign * (price / order["price"] - 1) * 10_000, 3)
        filled = {"symbol": symbol, "side": side, "price": price, "amount": amount}
        self._events.order_filled(**filled, latency_ms=latency_ms, slippage_bps=slippage, order_id=order_id)
        self._move(symbol, sign * amount, price, filled, balance)

    def _move(
        self, symbol: str, size: float, price: float, filled: Mapping[str, Any], balance: Optional[float]
    ) -> None:
        held = self._positions.pop(symbol, None)
        if held is None:
            self._positions[symbol] = Position(size, price)
            self._events.position_opened(**filled)
            return
        pnl = held.size * (price - held.entry) - abs(size) * price * FEE
        percent = 100 * pnl / (abs(size) * held.entry)
        self._events.position_closed(**filled, pnl=round(pnl, 4), pnl_pct=round(percent, 4), balance=balance or 0)

    def failure(self, order_id: str, reason: Any, error: str) -> None:
        order = self._orders.pop(order_id)
        self._events.order_failed(**order, reason=reason, error=error)

    def failed_call(self, **fields: Any) -> None:
        self._events.api_error(**fields)

    def account(self, balance: float, pnl: float, pnl_pct: float, at: float) -> None:
        metrics = self._metrics
        self._peak = max(balance, self._peak or balance)
        metrics.balance_usdt.set(balance)
        metrics.peak_balance.set(self._peak)
        metrics.max_drawdown.set((balance - self._peak) / self._peak)
        metrics.daily_pnl.set(pnl)
        metrics.daily_pnl_pct.set(pnl_pct)
        metrics.unrealized_pnl.set(0)
        metrics.exposure_usdt.set(sum(abs(one.size) * one.entry for one in self._positions.values()))
        metrics.open_positions.set(len(self._positions))
        metrics.positions_without_stop.set(0)
        metrics.balance_timestamp.set(at)
        metrics.reconciliation_timestamp.set(at)
        self._events.balance_update(balance=balance, pnl=pnl, pnl_pct=pnl_pct)

    def beat(self, uptime: float, balance: float, at: float) -> None:
        self._metrics.start_timestamp.set(at - uptime)
        self._metrics.heartbeat_age.set(0)
        self._events.heartbeat(uptime=uptime, open_positions=len(self._positions), balance=balance)


def begin(registry: CollectorRegistry, path: str) -> "tuple[Bot, TradingbotLog]":
    """A bot that writes to this file; if it cannot be opened, the bot trades on and prints its lines."""
    metrics = TradingbotMetrics(registry)
    recorder = Recorder(metrics)

    def log_to(file: Optional[str]) -> TradingbotLog:
        return TradingbotLog(
            file=file,
            console="off" if file is not None else "json",
            updates={
                "signal_generated": recorder.signal,
                "order_placed": recorder.placed,
                "order_filled": recorder.filled,
                "order_failed": recorder.failed,
                "api_error": recorder.api_error,
            },
        )

    try:
        log = log_to(path)
    except OSError as error:
        print(f"tradingbot: {error}: its lines are printed", file=sys.stderr)
        log = log_to(None)
    return Bot(metrics, log), log


def main(path: str) -> None:
    registry = CollectorRegistry()
    bot, log = begin(registry, path)
    for line in sys.stdin:
        bot.play(json.loads(line))
    sys.stdout.write(generate_latest(registry).decode())
    log.close()


if __name__ == "__main__":
    main(sys.argv[1])
