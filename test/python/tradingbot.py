"""Trading Bot in Python, on its generated module: it plays what happened at an exchange, one JSON object a line on stdin.

It keeps its own books, and compares them with what the exchange says. What happened says only that: fills, failures, the account, and
what is open and protected there. The orders that it sent outlive it in a file, if there is one.
"""

from __future__ import annotations

import json
import math
import os
import sys
import time
from dataclasses import dataclass
from typing import Any, Dict, Mapping, Optional, Sequence, Set

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
LEAST_SIZE = 1e-6
LEAST_MONEY = 0.01


@dataclass(frozen=True)
class Position:
    """A position; its size in coins is negative if it is short."""

    size: float
    entry: float


@dataclass(frozen=True)
class Sent:
    """An order without an end, and when it was sent, in seconds since 1970."""

    fields: Mapping[str, Any]
    at: float


class SentOrders:
    """The orders without an end, also across restarts. None is known to be open before the exchange has said so."""

    def __init__(self, path: Optional[str]) -> None:
        self._path = path
        self._sent: Dict[str, Sent] = {}
        self.open: Set[str] = set()
        if path is not None and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self._sent = {one["fields"]["order_id"]: Sent(**one) for one in json.load(file)}

    def sent(self, fields: Mapping[str, Any]) -> None:
        """To be called before the order is sent."""
        self._sent[fields["order_id"]] = Sent(fields, time.time())
        self._save()

    def ended(self, order_id: str) -> Mapping[str, Any]:
        self.open.discard(order_id)
        ended = self._sent.pop(order_id)
        self._save()
        return ended.fields

    def unresolved(self) -> Sequence[Sent]:
        return [sent for order_id, sent in self._sent.items() if order_id not in self.open]

    def accepted(self, order_id: str) -> None:
        if order_id in self._sent:
            self.open.add(order_id)

    def _save(self) -> None:
        if self._path is None:
            return
        with open(f"{self._path}.tmp", "w", encoding="utf-8") as file:
            json.dump([{"fields": one.fields, "at": one.at} for one in self._sent.values()], file)
        os.replace(f"{self._path}.tmp", self._path)


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

    def __init__(self, metrics: TradingbotMetrics, log: TradingbotLog, orders: SentOrders) -> None:
        self._metrics = metrics
        self._events = log.events
        self._orders = orders
        self._orphans = 0
        self._positions: Dict[str, Position] = {}
        self._wallet: Optional[float] = None
        self._peak: Optional[float] = None
        self._peak_since = math.nan
        metrics.expect(symbol=SYMBOLS)
        metrics.open_orders.set_function(lambda: len(self._orders.open) + self._orphans)
        metrics.unresolved_orders.set_function(lambda: len(self._orders.unresolved()))
        metrics.oldest_unresolved_order_timestamp.set_function(self._oldest)

    def _oldest(self) -> float:
        return min((sent.at for sent in self._orders.unresolved()), default=math.nan)

    def play(self, happening: Mapping[str, Any]) -> None:
        """Plays one happening; the key `what` names the method."""
        fields = dict(happening)
        getattr(self, fields.pop("what"))(**fields)

    def signal(self, **fields: Any) -> None:
        self._events.signal_generated(**fields)

    def order(self, **fields: Any) -> None:
        self._orders.sent(fields)
        self._events.order_placed(**fields)

    def accepted(self, order_id: str) -> None:
        self._orders.accepted(order_id)

    def fill(self, order_id: str, price: float, latency_ms: float, balance: Optional[float] = None) -> None:
        order = self._orders.ended(order_id)
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
        fee = abs(size) * price * FEE
        if held is None:
            self._positions[symbol] = Position(size, price)
            self._earn(-fee)
            self._events.position_opened(**filled)
            return
        pnl = held.size * (price - held.entry) - fee
        self._earn(pnl)
        percent = 100 * pnl / (abs(size) * held.entry)
        self._events.position_closed(**filled, pnl=round(pnl, 4), pnl_pct=round(percent, 4), balance=balance or 0)

    def _earn(self, pnl: float) -> None:
        if self._wallet is not None:
            self._wallet += pnl

    def failure(self, order_id: str, reason: Any, error: str) -> None:
        order = self._orders.ended(order_id)
        self._events.order_failed(**order, reason=reason, error=error)

    def failed_call(self, **fields: Any) -> None:
        if fields["kind"] == "auth":
            self._metrics.api_key_valid.set(0)
        self._events.api_error(**fields)

    def account(self, balance: float, pnl: float, pnl_pct: float, at: float) -> None:
        metrics = self._metrics
        if self._peak is None:
            self._peak_since = at
        self._peak = max(balance, self._peak or balance)
        metrics.balance_usdt.set(balance)
        metrics.peak_balance.set(self._peak)
        metrics.peak_since_timestamp.set(self._peak_since)
        metrics.max_drawdown.set((balance - self._peak) / self._peak)
        metrics.daily_pnl.set(pnl)
        metrics.daily_pnl_pct.set(pnl_pct)
        metrics.unrealized_pnl.set(0)
        metrics.exposure_usdt.set(sum(abs(one.size) * one.entry for one in self._positions.values()))
        metrics.open_positions.set(len(self._positions))
        metrics.balance_timestamp.set(at)
        # it takes the key to read it
        metrics.api_key_valid.set(1)
        self._events.balance_update(balance=balance, pnl=pnl, pnl_pct=pnl_pct)

    def reconcile(
        self, wallet: float, positions: Mapping[str, float], stops: Sequence[str], orders: Sequence[str], at: float
    ) -> None:
        """Compares the books with the exchange, and counts its stops."""
        if self._wallet is None:
            self._wallet = wallet
        mine = {symbol: held.size for symbol, held in self._positions.items()}
        for order_id in orders:
            self._orders.accepted(order_id)
        self._orphans = len(set(orders) - self._orders.open)
        differences = self._metrics.reconciliation_differences
        differences.labels(difference="position").set(
            sum(
                abs(mine.get(symbol, 0) - positions.get(symbol, 0)) > LEAST_SIZE
                for symbol in {*mine, *positions}
            )
        )
        differences.labels(difference="balance").set(int(abs(self._wallet - wallet) > LEAST_MONEY))
        differences.labels(difference="open_order").set(len(self._orders.open - set(orders)))
        differences.labels(difference="orphan").set(self._orphans)
        self._metrics.positions_without_stop.set(len(set(positions) - set(stops)))
        self._metrics.reconciliation_timestamp.set(at)

    def beat(self, uptime: float, balance: float, at: float) -> None:
        self._metrics.start_timestamp.set(at - uptime)
        self._metrics.heartbeat_age.touch()
        self._events.heartbeat(uptime=uptime, open_positions=len(self._positions), balance=balance)


def begin(registry: CollectorRegistry, path: str, orders: Optional[str] = None) -> "tuple[Bot, TradingbotLog]":
    """A bot that writes to this file, and keeps its orders in another; if the first cannot be opened, the bot trades on and prints its lines."""
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
    return Bot(metrics, log, SentOrders(orders)), log


def main(path: str, orders: Optional[str] = None) -> None:
    registry = CollectorRegistry()
    bot, log = begin(registry, path, orders)
    for line in sys.stdin:
        bot.play(json.loads(line))
    sys.stdout.write(generate_latest(registry).decode())
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
