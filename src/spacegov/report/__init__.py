"""One self-contained page on an actor or a topic: pictures, the rows behind them, the words in their place."""

from spacegov.report.page import actor_report, topic_report

__all__ = ["actor_report", "topic_report"]
