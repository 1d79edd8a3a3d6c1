// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors

/** Maps measurements to records, in the layout of the configuration. */
package io.connectot.core.mapping;
