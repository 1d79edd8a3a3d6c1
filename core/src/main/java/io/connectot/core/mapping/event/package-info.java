// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Maps statuses, gaps, events of devices and results of commands to records. */
package io.connectot.core.mapping.event;
