// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** What edge nodes tell as measurements, statuses and gaps, and what is stored of them. */
package io.connectot.sparkplug.source.record;
