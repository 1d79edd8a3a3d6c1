// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.deploy.monitoring;

import io.connectot.core.metrics.TaskMetric;
import java.time.Duration;
import java.util.List;

/**
 * An alert and what to do about it.
 *
 * @param name in CamelCase, as Prometheus' own conventions have it
 * @param expression what must hold
 * @param hold for how long it must hold before the alert fires
 * @param severity how soon somebody has to look
 * @param summary one sentence with the connector's name
 * @param runbook what to look at and what to do, in the order in which to do it
 */
record Alert(
    String name,
    String expression,
    Duration hold,
    Severity severity,
    String summary,
    List<String> runbook) {

  /** How soon somebody has to look. */
  enum Severity {
    /** Values are lost or do not arrive. */
    CRITICAL,
    /** Something needs a look today. */
    WARNING
  }

  Alert {
    runbook = List.copyOf(runbook);
  }

  /** All alerts, in the order of their urgency. */
  static List<Alert> all() {
    return List.of(
        new Alert(
            "ConnectOtTaskFailed",
            "max by (connector, task) (" + Prometheus.TASK_STATE + "{state=\"failed\"}) == 1",
            Duration.ofMinutes(1),
            Severity.CRITICAL,
            "Task {{ $labels.task }} of connector {{ $labels.connector }} has failed",
            List.of(
                "`GET /connectors/<name>/status` shows the trace; its first line names key, cause"
                    + " and remedy.",
                "Correct the configuration or the cause, then `POST"
                    + " /connectors/<name>/restart?includeTasks=true&onlyFailed=true`.")),
        new Alert(
            "ConnectOtDeviceOffline",
            Prometheus.name(TaskMetric.DEVICES_OFFLINE) + " > 0",
            Duration.ofMinutes(2),
            Severity.CRITICAL,
            "{{ $value }} devices of connector {{ $labels.connector }} are offline",
            List.of(
                "The status topic names each device with `state`, `cause` and `endpoint`; the"
                    + " worker's log has the same at WARN.",
                "Check power, cable, address and whether another client uses the device's last"
                    + " connection.",
                "The connector tries again by itself. The gap record says what was missed.")),
        new Alert(
            "ConnectOtDisconnected",
            Prometheus.name(TaskMetric.CONNECTION_STATE) + " < 2",
            Duration.ofMinutes(2),
            Severity.CRITICAL,
            "Connector {{ $labels.connector }}, task {{ $labels.task }}, is not connected to all of"
                + " its endpoints",
            List.of(
                "The status topic and the log name the endpoint and the cause.",
                "For MQTT, look at the broker's log too: it knows why it refuses a client.")),
        new Alert(
            "ConnectOtValuesStale",
            Prometheus.name(TaskMetric.NEWEST_VALUE_AGE) + " > 300000",
            Duration.ofMinutes(1),
            Severity.WARNING,
            "Connector {{ $labels.connector }}, task {{ $labels.task }}, has had no value for {{"
                + " $value | humanize }} ms",
            List.of(
                "A plant that stands still sends nothing with `report=changes`: set `heartbeat.ms`,"
                    + " or raise the limit of this alert.",
                "Otherwise look for a device that is DEGRADED, or a publisher that has stopped.")),
        new Alert(
            "ConnectOtGap",
            "increase(" + Prometheus.name(TaskMetric.GAPS) + "[15m]) > 0",
            Duration.ZERO,
            Severity.WARNING,
            "Values of connector {{ $labels.connector }} are missing for some time",
            List.of(
                "The gap topic has device, tag, start, end and cause.",
                "A gap with `filled=true` was read again from the device's history; nothing is"
                    + " missing.")),
        new Alert(
            "ConnectOtScansMissed",
            "rate("
                + Prometheus.name(TaskMetric.SCANS_MISSED)
                + "[5m]) / (rate("
                + Prometheus.name(TaskMetric.SCANS)
                + "[5m]) + rate("
                + Prometheus.name(TaskMetric.SCANS_MISSED)
                + "[5m])) > 0.05",
            Duration.ofMinutes(5),
            Severity.WARNING,
            "Connector {{ $labels.connector }} leaves out {{ $value | humanizePercentage }} of its"
                + " scans",
            List.of(
                "Compare `connectot_scan_time_max_ms` with the interval: raise `poll.interval.ms`,"
                    + " or read fewer tags at a time.",
                "If the buffer is full too, Kafka is the cause.")),
        new Alert(
            "ConnectOtReadingPaused",
            "increase(" + Prometheus.name(TaskMetric.READING_PAUSED) + "[10m]) > 0",
            Duration.ofMinutes(10),
            Severity.WARNING,
            "Connector {{ $labels.connector }} stops reading from the broker because Kafka does not"
                + " keep up",
            List.of(
                "Look at the producer: `record-error-rate`, `request-latency-avg`, and the state of"
                    + " the Kafka cluster.",
                "Raise `tasks.max`, or batch more: `producer.override.linger.ms`.")),
        new Alert(
            "ConnectOtUnacknowledgedGrowing",
            "deriv("
                + Prometheus.name(TaskMetric.RECORDS_UNACKNOWLEDGED)
                + "[10m]) > 0 and "
                + Prometheus.name(TaskMetric.RECORDS_UNACKNOWLEDGED)
                + " > 1000",
            Duration.ofMinutes(10),
            Severity.WARNING,
            "{{ $value }} records a second more of connector {{ $labels.connector }} wait for"
                + " Kafka",
            List.of(
                "Kafka takes records more slowly than the devices send them: look at its disks, its"
                    + " network and its quotas.",
                "Nothing is acknowledged to the field before Kafka has it. What a device cannot"
                    + " keep becomes a gap.")),
        new Alert(
            "ConnectOtBufferFilling",
            "deriv("
                + Prometheus.name(TaskMetric.BUFFER_RECORDS)
                + "[10m]) > 0 and "
                + Prometheus.name(TaskMetric.BUFFER_RECORDS)
                + " > 1000",
            Duration.ofMinutes(10),
            Severity.WARNING,
            "The buffer of connector {{ $labels.connector }}, task {{ $labels.task }}, fills up",
            List.of(
                "The worker takes records more slowly than devices deliver them: look at its CPU"
                    + " and at the converter.",
                "docs/performance.md lists the settings that help.")),
        new Alert(
            "ConnectOtPoisonMessages",
            "increase(" + Prometheus.name(TaskMetric.MESSAGES_POISON) + "[15m]) > 0",
            Duration.ZERO,
            Severity.WARNING,
            "Connector {{ $labels.connector }} could not read {{ $value | humanize }} messages",
            List.of(
                "The dead letter topic has each message with its MQTT topic and the reason, if"
                    + " `mqtt.poison=deadletter`.",
                "Correct the subscription line. `validate` with `mqtt.test.topic` and"
                    + " `mqtt.test.payload` shows what it makes of a message.")),
        new Alert(
            "ConnectOtSubscriptionRefused",
            Prometheus.name(TaskMetric.SUBSCRIPTIONS_REFUSED) + " > 0",
            Duration.ofMinutes(1),
            Severity.CRITICAL,
            "The broker refuses {{ $value }} subscriptions of connector {{ $labels.connector }}",
            List.of(
                "The log names each filter: allow it in the broker's access control, or correct"
                    + " it.")),
        new Alert(
            "ConnectOtSessionLost",
            "increase(" + Prometheus.name(TaskMetric.SESSIONS_LOST) + "[15m]) > 0",
            Duration.ZERO,
            Severity.WARNING,
            "The broker has forgotten the session of connector {{ $labels.connector }}",
            List.of(
                "Messages published while the connector was away are lost. The gap topic says from"
                    + " when to when.",
                "Raise the session expiry of the broker, or its limit of queued messages.")),
        new Alert(
            "ConnectOtCommandsUnknown",
            "increase(" + Prometheus.name(TaskMetric.WRITES_UNKNOWN) + "[15m]) > 0",
            Duration.ZERO,
            Severity.CRITICAL,
            "It is not known whether devices took {{ $value | humanize }} commands of sink {{"
                + " $labels.connector }}",
            List.of(
                "The result topic has each of them with `state=UNKNOWN`, device, tag and cause.",
                "Look at the device before the command is sent again: it may have been executed.")),
        new Alert(
            "ConnectOtCommandsRejected",
            "increase(" + Prometheus.name(TaskMetric.WRITES_REJECTED) + "[15m]) > 0",
            Duration.ZERO,
            Severity.WARNING,
            "Sink {{ $labels.connector }} has rejected {{ $value | humanize }} commands",
            List.of(
                "The result topic has each of them with `state=REJECTED`, device, tag, value and"
                    + " cause.",
                "Whoever writes the commands wants what the tag list does not allow: correct one of"
                    + " them.")),
        new Alert(
            "ConnectOtRecordsReported",
            "increase(" + Prometheus.name(TaskMetric.RECORDS_REPORTED) + "[15m]) > 0",
            Duration.ZERO,
            Severity.WARNING,
            "Sink {{ $labels.connector }} could not publish {{ $value | humanize }} records",
            List.of(
                "The dead letter queue of the connector has each record with the reason in its"
                    + " headers.")),
        new Alert(
            "ConnectOtEdgeRecordsLost",
            "increase(" + Prometheus.EDGE + "disk_records_lost_total[15m]) > 0",
            Duration.ZERO,
            Severity.CRITICAL,
            "The disk of edge box {{ $labels.edge }} is full: records were deleted that the central"
                + " cluster does not have",
            List.of(
                "The gap topic of the box (`gap.topic`) names each path, from when to when, and how"
                    + " many records are gone for good.",
                "Bring the line back: `ot-edge status` on the box says since when there is none,"
                    + " and `uplink.failure` why.",
                "If that takes longer, raise `disk.limit` as far as the disk allows, and restart"
                    + " the uplink.",
                "Or collect less: `report=changes`, a longer `poll.interval.ms`.")),
        new Alert(
            "ConnectOtEdgeDiskFilling",
            Prometheus.EDGE
                + "disk_used_bytes / "
                + Prometheus.EDGE
                + "disk_limit_bytes > 0.8 and on (edge, instance) "
                + Prometheus.EDGE
                + "central_connected == 0",
            Duration.ofMinutes(5),
            Severity.WARNING,
            "Edge box {{ $labels.edge }} has used {{ $value | humanizePercentage }} of disk.limit"
                + " and has no line",
            List.of(
                "Without a line, the oldest records are deleted when `disk.limit` is reached.",
                "`deriv(connectot_edge_disk_used_bytes[1h])` says how fast that comes.",
                "Bring the line back, or raise `disk.limit` and restart the uplink.")),
        new Alert(
            "ConnectOtEdgeUplinkSilent",
            "time() - " + Prometheus.EDGE + "status_time_seconds > 120",
            Duration.ofMinutes(2),
            Severity.CRITICAL,
            "The uplink of edge box {{ $labels.edge }} does not measure: nothing is replicated, and"
                + " nothing keeps its disk from filling up",
            List.of(
                "`ot-edge status` says whether the process runs, and `ot-edge logs uplink` why it"
                    + " does not.",
                "`ot-edge start`, or `systemctl start ot-edge-uplink`, starts what does not"
                    + " run.")));
  }
}
