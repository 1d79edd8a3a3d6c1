// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** The files of {@code deploy/monitoring} with a real Prometheus. */
package io.connectot.it.monitoring;
