// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What a task tells about itself to whoever watches it. */
package io.connectot.core.metrics;
